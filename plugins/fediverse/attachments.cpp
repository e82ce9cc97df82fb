#include "fediverse/attachments.hpp"

#include "fediverse/fields.hpp"
#include "kit/ascii.hpp"
#include "kit/text.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace crier::fediverse {

namespace json = boost::json;

namespace {

constexpr std::size_t most_media = 32;

constexpr struct {
    std::string_view ending;
    std::string_view type;
} types_by_ending[] = {
    {"jpg", "image/jpeg"},  {"jpeg", "image/jpeg"}, {"png", "image/png"},       {"gif", "image/gif"},
    {"webp", "image/webp"}, {"avif", "image/avif"}, {"heic", "image/heic"},     {"mp4", "video/mp4"},
    {"m4v", "video/mp4"},   {"webm", "video/webm"}, {"mov", "video/quicktime"}, {"mp3", "audio/mpeg"},
    {"ogg", "audio/ogg"},   {"oga", "audio/ogg"},   {"opus", "audio/ogg"},      {"flac", "audio/flac"},
    {"wav", "audio/wav"},   {"m4a", "audio/mp4"},   {"aac", "audio/aac"},
};

std::string_view type_by_ending(std::string_view address) {
    address = address.substr(0, address.find_first_of("?#"));
    const std::size_t dot = address.rfind('.');
    if (dot == std::string_view::npos || address.find('/', dot) != std::string_view::npos)
        return {};
    const std::string ending = kit::lowered(address.substr(dot + 1));
    for (const auto& [known, type] : types_by_ending)
        if (ending == known)
            return type;
    return {};
}

/// What the server calls it says the first half; an ending that says another kind is wrong. Empty: neither
/// tells.
std::string type_of(std::string_view kind, std::string_view address) {
    const std::string_view by_ending = type_by_ending(address);
    const std::string_view half = kind == "image"                     ? "image/"
                                  : kind == "video" || kind == "gifv" ? "video/"
                                  : kind == "audio"                   ? "audio/"
                                                                      : "";
    if (half.empty() || by_ending.substr(0, half.size()) == half)
        return std::string{by_ending};
    return std::string{half} + "*";
}

} // namespace

std::vector<sdk::Media> attachments_of(const json::object& status) {
    std::vector<sdk::Media> all;
    for (const json::value& value : list_in(status, "media_attachments")) {
        const json::object* one = value.if_object();
        if (one == nullptr || all.size() == most_media)
            continue;
        sdk::Media media;
        media.url = address_in(*one, "url");
        if (media.url.empty())
            media.url = address_in(*one, "remote_url");
        media.type = type_of(text_in(*one, "type"), media.url);
        media.alt = kit::trimmed(text_in(*one, "description"));
        media.from = "enclosure";
        if (!media.url.empty() && !media.type.empty())
            all.push_back(std::move(media));
    }
    return all;
}

} // namespace crier::fediverse
