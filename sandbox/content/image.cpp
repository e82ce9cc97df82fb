#include "sandbox/content/image.hpp"

#include "sandbox/content/formats.hpp"

#include <limits>

namespace crier::sandbox {

std::optional<ImageInfo> inspect_media(std::string_view bytes) {
    const Bytes file(bytes);
    // MP3 last: its frames begin with little that is its own.
    for (const auto inspect : {inspect_png, inspect_jpeg, inspect_gif, inspect_webp, inspect_mp4,
                               inspect_webm, inspect_ogg, inspect_mp3})
        if (auto info = inspect(file))
            return info;
    return std::nullopt;
}

bool begins_as_media(std::string_view bytes) {
    using namespace std::string_view_literals;
    constexpr std::string_view marks[] = {"\x89PNG\r\n\x1a\n"sv, "\xFF\xD8\xFF"sv, "GIF87a"sv, "GIF89a"sv,
                                          "\x1A\x45\xDF\xA3"sv,  "OggS"sv,         "ID3"sv};
    for (const std::string_view mark : marks)
        if (bytes.starts_with(mark))
            return true;
    return bytes.size() > 12 &&
           (bytes.substr(4, 4) == "ftyp" || (bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP"));
}

std::optional<ImageInfo> sized(std::string_view type, std::uint64_t width, std::uint64_t height) {
    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<int>::max());
    if (width == 0 || height == 0 || width > most || height > most)
        return std::nullopt;
    return ImageInfo{std::string(type), static_cast<int>(width), static_cast<int>(height)};
}

} // namespace crier::sandbox
