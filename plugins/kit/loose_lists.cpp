#include "kit/loose.hpp"
#include "kit/text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>

namespace crier::kit {

namespace json = boost::json;

namespace {

std::string_view view_of(const json::value& text) {
    return {text.get_string().data(), text.get_string().size()};
}

void add_category(std::string_view text, json::array& to) {
    text = trimmed(text);
    while (!text.empty() && text.front() == '#')
        text.remove_prefix(1);
    if (!text.empty())
        to.emplace_back(json::string{text});
}

/// Between commas there may be blanks in a category, between # signs there are none.
void split_categories(std::string_view text, json::array& to) {
    while (!text.empty()) {
        std::string_view part = text.substr(0, text.find_first_of(",;\n"));
        text.remove_prefix(std::min(part.size() + 1, text.size()));
        part = trimmed(part);
        const bool tags = !part.empty() && part.front() == '#';
        while (!part.empty()) {
            const std::string_view one = tags ? part.substr(0, part.find_first_of(" \t")) : part;
            part.remove_prefix(std::min(one.size() + 1, part.size()));
            add_category(one, to);
        }
    }
}

/// Where the next address begins, from `at` on: at its scheme, behind what separates it from another one.
std::size_t next_address(std::string_view text, std::size_t at) {
    constexpr std::string_view separators = " \t\r\n,;|";
    for (at = text.find("http", at); at != std::string_view::npos; at = text.find("http", at + 1))
        if (is_web_address(text.substr(at, 9)) &&
            (at == 0 || separators.find(text[at - 1]) != std::string_view::npos))
            return at;
    return text.size();
}

json::value medium(std::string_view key, std::string_view value) {
    json::object object;
    object.emplace(json::string_view{key.data(), key.size()}, json::string{value});
    return object;
}

void split_media(std::string_view text, json::array& to) {
    text = trimmed(text);
    if (!is_web_address(text)) {
        to.push_back(medium("file", text));
        return;
    }
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = next_address(text, at + 1);
        std::string_view one = text.substr(at, end - at);
        if (end < text.size())
            one = one.substr(0, one.find_last_not_of(" \t\r\n,;|") + 1);
        to.push_back(medium("url", one));
        at = end;
    }
}

} // namespace

json::value loosened_categories(const json::value& value) {
    json::array list;
    if (value.is_string())
        split_categories(view_of(value), list);
    if (!value.is_array())
        return value.is_string() ? json::value(std::move(list)) : value;
    for (const json::value& one : value.get_array()) {
        if (one.is_string())
            add_category(view_of(one), list);
        else if (one.is_int64())
            list.emplace_back(json::string{std::to_string(one.get_int64())});
        else if (!one.is_null())
            list.push_back(one);
    }
    return list;
}

json::value loosened_media(const json::value& value) {
    json::array list;
    if (value.is_string())
        split_media(view_of(value), list);
    else if (!value.is_array())
        list.push_back(value);
    else
        for (const json::value& one : value.get_array()) {
            if (one.is_string())
                split_media(view_of(one), list);
            else if (!one.is_null())
                list.push_back(one);
        }
    return list;
}

} // namespace crier::kit
