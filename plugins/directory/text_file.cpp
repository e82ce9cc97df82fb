#include "directory/text_file.hpp"

#include "kit/file_name.hpp"
#include "kit/link.hpp"
#include "kit/markdown.hpp"
#include "kit/text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>

namespace crier::directory {

namespace json = boost::json;

namespace {

/// With line ends that are "\n".
std::string as_it_is(std::string_view text) {
    std::string out{kit::trimmed(text)};
    out.erase(std::remove(out.begin(), out.end(), '\r'), out.end());
    return out;
}

json::value medium_of(const kit::Shown& shown) {
    json::object medium;
    if (kit::is_web_address(shown.target))
        medium.emplace("url", shown.target);
    else
        medium.emplace("file", kit::file_name_of(shown.target));
    medium.emplace("alt", shown.alt);
    return medium;
}

} // namespace

bool is_markdown(std::string_view name) {
    const std::string extension = kit::extension_of(name);
    return extension == "md" || extension == "markdown";
}

bool is_text(std::string_view name) {
    const std::string extension = kit::extension_of(name);
    return extension == "txt" || extension == "text";
}

bool shows_media(std::string_view name, const Headed& text) {
    return text.has("media") || (is_markdown(name) && !kit::plain_text(text.body).media.empty());
}

std::string words_of(std::string_view name, const Headed& text) {
    return is_markdown(name) ? kit::plain_text(text.body).text : as_it_is(text.body);
}

std::vector<kit::Written> fields_of_text(std::string_view name, const Headed& text) {
    std::vector<kit::Written> fields = text.fields;
    kit::PlainText plain;
    if (is_markdown(name)) {
        plain = kit::plain_text(text.body);
    } else {
        plain.text = as_it_is(text.body);
        plain.heading = plain.text.substr(0, plain.text.find('\n'));
    }
    if (!plain.text.empty() && text.has("content"))
        throw sdk::Error("there are words in the head (content) and below it: leave one of them out");
    fields.push_back({"content", json::string{plain.text}});
    fields.push_back({"title", json::string{plain.heading}});
    for (const kit::Shown& shown : plain.media)
        fields.push_back({"media", medium_of(shown)});
    return fields;
}

} // namespace crier::directory
