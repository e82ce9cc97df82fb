#include "kit/item_keys.hpp"

#include "kit/file_name.hpp"
#include "kit/moment.hpp"
#include "kit/text.hpp"

#include <array>
#include <cmath>
#include <string>
#include <utility>

namespace crier::kit {

namespace json = boost::json;

namespace {

std::string_view view(const json::string& text) {
    return {text.data(), text.size()};
}

template <auto Member>
bool take_text(const json::value& value, sdk::Item& item) {
    if (!value.is_string())
        return false;
    item.*Member = trimmed(view(value.get_string()));
    return true;
}

template <auto Member>
bool take_line(const json::value& value, sdk::Item& item) {
    if (!value.is_string())
        return false;
    item.*Member = one_line(view(value.get_string()));
    return true;
}

/// Many a table counts its rows.
bool take_id(const json::value& value, sdk::Item& item) {
    if (value.is_int64())
        item.id = std::to_string(value.get_int64());
    else if (value.is_uint64())
        item.id = std::to_string(value.get_uint64());
    else
        return take_line<&sdk::Item::id>(value, item);
    return true;
}

/// An empty one is none.
bool take_link(const json::value& value, sdk::Item& item) {
    if (!value.is_string())
        return false;
    const std::string_view link = trimmed(view(value.get_string()));
    if (!link.empty() && !is_web_address(link))
        return false;
    item.link = link;
    return true;
}

template <auto Member>
bool take_time(const json::value& value, sdk::Item& item) {
    if (!value.is_string())
        return false;
    item.*Member = parse_moment(trimmed(view(value.get_string())));
    return (item.*Member).has_value();
}

bool take_categories(const json::value& value, sdk::Item& item) {
    if (!value.is_array())
        return false;
    bool good = true;
    for (const json::value& one : value.get_array()) {
        if (one.is_string())
            item.categories.push_back(one_line(view(one.get_string())));
        else
            good = false;
    }
    return good;
}

/// A text of a medium; null and a missing one are empty. Nothing: it is something else.
std::optional<std::string> text_in(const json::object& medium, std::string_view name) {
    const json::value* value = medium.if_contains({name.data(), name.size()});
    if (value == nullptr || value->is_null())
        return std::string{};
    if (!value->is_string())
        return std::nullopt;
    return std::string{trimmed(view(value->get_string()))};
}

/// Whether an item may name this file.
template <Files files>
bool is_allowed(std::string_view file) {
    if constexpr (files == Files::absolute)
        return file.front() == '/';
    else
        return files == Files::beside && trouble_with_name(file).empty();
}

/// Who names a file of an item and says no more means a picture.
std::string type_by_name(std::string_view file) {
    const std::string_view type = media_type_of(file);
    return std::string{type.empty() ? "image/*" : type};
}

template <Files files>
bool take_medium(const json::value& value, sdk::Item& item) {
    const json::object* medium = value.if_object();
    if (medium == nullptr)
        return false;
    const auto url = text_in(*medium, "url");
    const auto file = text_in(*medium, "file");
    const auto type = text_in(*medium, "type");
    const auto alt = text_in(*medium, "alt");
    if (!url || !file || url->empty() == file->empty() || (!url->empty() && !is_web_address(*url)) ||
        (!file->empty() && !is_allowed<files>(*file)))
        return false;
    sdk::Media one;
    one.url = *url;
    one.file = *file;
    one.type = type && !type->empty() ? *type : type_by_name(*file);
    one.alt = alt.value_or(std::string{});
    one.from = "enclosure";
    item.media.push_back(std::move(one));
    return type && alt;
}

template <Files files>
bool take_media(const json::value& value, sdk::Item& item) {
    if (!value.is_array())
        return false;
    bool good = true;
    for (const json::value& one : value.get_array())
        good = take_medium<files>(one, item) && good;
    return good;
}

bool take_weight(const json::value& value, sdk::Item& item) {
    boost::system::error_code error;
    const double weight = value.to_number<double>(error);
    if (error || !std::isfinite(weight) || weight < 0)
        return false;
    item.weight = weight;
    return true;
}

constexpr std::string_view a_text = "a text";
constexpr std::string_view a_time = "a time such as \"2026-11-24T12:00:00Z\"";

template <Files files>
constexpr std::string_view what_media =
    files == Files::none ? "a list of {url, type, alt} with http or https addresses"
    : files == Files::beside
        ? "a list of names of files below this folder, or of {url, type, alt} with http or "
          "https addresses, or {file, type, alt}"
        : "a list of {url, type, alt} with http or https addresses, or of {file, type, alt} "
          "with absolute paths";

template <Files files>
constexpr std::array keys{
    Key{"id", "a text or a whole number", &take_id},
    Key{"title", a_text, &take_line<&sdk::Item::title>},
    Key{"link", "an http or https address", &take_link},
    Key{"published", a_time, &take_time<&sdk::Item::published>},
    Key{"updated", a_time, &take_time<&sdk::Item::updated>},
    Key{"due", a_time, &take_time<&sdk::Item::due>, true},
    Key{"expires", a_time, &take_time<&sdk::Item::expires>, true},
    Key{"summary", a_text, &take_text<&sdk::Item::summary>},
    Key{"content", a_text, &take_text<&sdk::Item::content>},
    Key{"author", a_text, &take_line<&sdk::Item::author>},
    Key{"categories", "a list of texts", &take_categories},
    Key{"media", what_media<files>, &take_media<files>},
    Key{"language", a_text, &take_line<&sdk::Item::language>},
    Key{"weight", "a number, 0 or more", &take_weight},
};

} // namespace

std::span<const Key> item_keys(Files files) {
    if (files == Files::beside)
        return keys<Files::beside>;
    if (files == Files::absolute)
        return keys<Files::absolute>;
    return keys<Files::none>;
}

} // namespace crier::kit
