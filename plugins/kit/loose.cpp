#include "kit/loose.hpp"

#include "kit/item_keys.hpp"
#include "kit/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace crier::kit {

namespace json = boost::json;

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 21> other_names{{
    {"text", "content"},
    {"body", "content"},
    {"status", "content"},
    {"url", "link"},
    {"tag", "categories"},
    {"tags", "categories"},
    {"hashtags", "categories"},
    {"category", "categories"},
    {"image", "media"},
    {"images", "media"},
    {"picture", "media"},
    {"photo", "media"},
    {"alt_text", "alt"},
    {"image_alt", "alt"},
    {"image_description", "alt"},
    {"description_of_image", "alt"},
    {"date", "published"},
    {"at", "due"},
    {"when", "due"},
    {"lang", "language"},
    {"expires_at", "expires"},
}};

/// As names are compared: small letters, and one sign for what stands between words.
std::string plain_name(std::string_view name) {
    std::string plain = lowered(trimmed(name));
    std::replace(plain.begin(), plain.end(), '-', '_');
    std::replace(plain.begin(), plain.end(), ' ', '_');
    return plain;
}

std::string_view own_field(std::string_view plain) {
    if (plain == "alt")
        return "alt";
    for (const Key& key : item_keys(Files::none))
        if (key.name == plain)
            return key.name;
    return {};
}

json::value number_of(std::string_view text) {
    double number = 0;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    return read.ec == std::errc{} && read.ptr == end ? json::value(number) : json::value(json::string{text});
}

bool is_time(std::string_view field) {
    return field == "published" || field == "updated" || field == "due" || field == "expires";
}

} // namespace

std::string_view field_of(std::string_view name) {
    const std::string plain = plain_name(name);
    if (const std::string_view own = own_field(plain); !own.empty())
        return own;
    const auto* found = std::find_if(other_names.begin(), other_names.end(),
                                     [&](const auto& known) { return known.first == plain; });
    return found == other_names.end() ? std::string_view{} : found->second;
}

bool is_own_name(std::string_view name) {
    return !own_field(plain_name(name)).empty();
}

json::value loosened(std::string_view field, const json::value& value) {
    std::string text;
    if (value.is_string())
        text = trimmed({value.get_string().data(), value.get_string().size()});
    if (value.is_null() || (value.is_string() && text.empty()))
        return nullptr;
    if (field == "categories")
        return loosened_categories(value);
    if (field == "media")
        return loosened_media(value);
    if (value.is_int64() && field != "weight")
        return json::value(json::string{std::to_string(value.get_int64())});
    if (!value.is_string())
        return value;
    if (is_time(field))
        return json::value(json::string{loosened_time(text)});
    return field == "weight" ? number_of(text) : json::value(json::string{text});
}

} // namespace crier::kit
