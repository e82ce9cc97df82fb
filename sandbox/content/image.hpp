#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace crier::sandbox {

struct ImageInfo {
    std::string type; ///< media type, from the bytes: "image/png", "video/mp4", "audio/ogg" ...
    int width = 0;    ///< 0 where it is not known or there is none (audio)
    int height = 0;
};

/// What an uploaded file is: PNG, JPEG, GIF, WebP, MP4, WebM, MP3 or Ogg. Nothing when it is something else,
/// is cut short or is damaged in a way that a server's decoder would notice (structure; for PNG also each
/// checksum).
[[nodiscard]] std::optional<ImageInfo> inspect_media(std::string_view bytes);

/// Whether the first bytes are those of a known format, whatever comes behind them.
[[nodiscard]] bool begins_as_media(std::string_view bytes);

} // namespace crier::sandbox
