#include "core/media/fit.hpp"

#include "core/text/length.hpp"
#include "core/text/plain.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace crier::media {
namespace {

/// Not in any document of theirs: app/models/media_attachment.rb.
constexpr std::uint64_t most_gif_pixels = 921'600;

bool turns_gifs_into_films(const ServerProfile& server) {
    return server.software == "mastodon" || server.software == "glitch" || server.software == "hometown";
}

/// "33.2 million"
std::string millions(std::uint64_t pixels) {
    char text[32];
    (void)std::snprintf(text, sizeof text, "%.1f million", static_cast<double>(pixels) / 1e6);
    return text;
}

std::string listed(const std::vector<std::string>& types, Sort sort) {
    std::string_view family = "video/";
    if (sort == Sort::picture)
        family = "image/";
    else if (sort == Sort::sound)
        family = "audio/";
    std::vector<std::string> same;
    for (const std::string& type : types)
        if (sort == Sort::unknown || type.starts_with(family))
            same.push_back(type);
    return text::enumerate(same.empty() ? types : same, "or");
}

const std::string* said_type(const Look& look, const ServerProfile& server) {
    for (const std::string_view type : kind_of(look.format).types)
        if (const auto found = std::find(server.mime_types.begin(), server.mime_types.end(), type);
            found != server.mime_types.end())
            return &*found;
    return nullptr;
}

void check_type(const Look& look, const ServerProfile& server, std::vector<Misfit>& found) {
    const auto is_anything = [](const std::string& type) { return type == "application/octet-stream"; };
    if (server.mime_types.empty() ||
        std::any_of(server.mime_types.begin(), server.mime_types.end(), is_anything))
        return; // not said, or as Pleroma says it: it may take anything
    if (look.format == Format::unknown)
        found.push_back({"is no picture, film or sound that crier knows, and the server takes only such",
                         "attach " + listed(server.mime_types, Sort::unknown), false});
    else if (said_type(look, server) == nullptr)
        found.push_back({"is " + std::string{kind_of(look.format).name} + " (" +
                             std::string{kind_of(look.format).type()} + "), which the server does not take",
                         "convert it to " + listed(server.mime_types, look.sort()), false});
}

void check_picture(const Look& look, const ServerProfile& server, std::vector<Misfit>& found) {
    const PictureLimits limits = picture_limits(server);
    if (limits.pixels != 0 && look.pixels() > limits.pixels)
        found.push_back({"has " + extent_in_words(look) + " (" + millions(look.pixels()) +
                             "), and the server takes " + millions(limits.pixels),
                         "make it smaller", true});
    if (look.bytes > limits.bytes)
        found.push_back({"has " + size_in_words(look.bytes) + ", and the server takes " +
                             size_in_words(limits.bytes) + " of a picture",
                         "make it smaller", true});
    if (look.format == Format::gif && look.animated && turns_gifs_into_films(server) &&
        look.pixels() > most_gif_pixels)
        found.push_back({"is an animated GIF of " + extent_in_words(look) + " (" + millions(look.pixels()) +
                             "), and the server takes " + millions(most_gif_pixels) + " of one",
                         "make it smaller, or make it a film (MP4)", false});
}

void check_film(const Look& look, const ServerProfile& server, std::vector<Misfit>& found) {
    if (look.bytes > server.video_size_limit)
        found.push_back({"has " + size_in_words(look.bytes) + ", and the server takes " +
                             size_in_words(server.video_size_limit) + " of a film or a sound",
                         "make it shorter, or encode it with fewer bits a second", false});
    if (look.sort() != Sort::film)
        return;
    if (server.video_pixels != 0 && look.pixels() > server.video_pixels)
        found.push_back({"has " + extent_in_words(look) + " (" + millions(look.pixels()) +
                             "), and the server takes " + millions(server.video_pixels) + " of a film",
                         "scale it down", false});
    if (server.video_frame_rate != 0 && std::floor(look.frame_rate) > server.video_frame_rate)
        found.push_back({"has " + std::to_string(static_cast<int>(look.frame_rate)) +
                             " pictures a second, and the server takes " +
                             std::to_string(server.video_frame_rate),
                         "encode it with fewer", false});
}

} // namespace

PictureLimits picture_limits(const ServerProfile& server) noexcept {
    return PictureLimits{server.image_size_limit, server.image_pixels};
}

std::vector<Misfit> misfits(const Look& look, const ServerProfile& server, bool alone) {
    std::vector<Misfit> found;
    if (!look.wrong.empty())
        found.push_back({"cannot be used: " + look.wrong, "put a whole file there", false});
    check_type(look, server, found);
    if (look.sort() == Sort::picture)
        check_picture(look, server, found);
    else
        check_film(look, server, found);
    if (!alone && server.films_alone && (look.sort() == Sort::film || look.sort() == Sort::sound))
        found.push_back({"is " + std::string{in_words(look.sort())} +
                             ", and the server takes such only as the one thing that a post has",
                         "give it a post of its own", false});
    return found;
}

std::vector<Misfit> thumbnail_misfits(const Look& look, const Look& thumbnail, const ServerProfile& server) {
    if (look.sort() == Sort::picture)
        return {{"is to have a thumbnail, and only films and sounds have one of their own",
                 "leave `thumbnail` out: a picture's is made of itself", false}};
    if (thumbnail.sort() != Sort::picture)
        return {{"is to be a thumbnail, and is no picture", "a JPEG or PNG will do", false}};
    return misfits(thumbnail, server);
}

Misfit alt_misfit(std::string_view alt, const ServerProfile& server) {
    const std::size_t length = text::graphemes(alt);
    if (length <= server.description_limit)
        return {};
    return {"has a description of " + std::to_string(length) + " characters, and the server takes " +
                std::to_string(server.description_limit),
            "shorten `alt`", false};
}

std::string type_for(const Look& look, const ServerProfile& server) {
    if (look.format == Format::unknown)
        return {};
    const std::string* const said = said_type(look, server);
    return said != nullptr ? *said : std::string{kind_of(look.format).type()};
}

std::string size_in_words(std::uint64_t bytes) {
    char text[32];
    constexpr std::uint64_t kilo = 1000;
    if (bytes < kilo)
        (void)std::snprintf(text, sizeof text, "%llu bytes", static_cast<unsigned long long>(bytes));
    else if (bytes < kilo * kilo)
        (void)std::snprintf(text, sizeof text, "%.1f kB", static_cast<double>(bytes) / 1e3);
    else
        (void)std::snprintf(text, sizeof text, "%.1f MB", static_cast<double>(bytes) / 1e6);
    return text;
}

std::string extent_in_words(const Look& look) {
    return std::to_string(look.width) + " x " + std::to_string(look.height) + " pixels";
}

std::string in_words(const Look& look) {
    if (look.format == Format::unknown)
        return "a file of no known kind, " + size_in_words(look.bytes);
    return std::string{kind_of(look.format).name} + (look.animated ? ", animated" : "") +
           (look.pixels() > 0 ? ", " + extent_in_words(look) : std::string{}) + ", " +
           size_in_words(look.bytes);
}

} // namespace crier::media
