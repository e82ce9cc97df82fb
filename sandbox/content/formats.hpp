#pragma once

#include "sandbox/content/bytes.hpp"
#include "sandbox/content/image.hpp"

#include <optional>

/// One function a format: nothing when the file is of another one, cut short or damaged.
namespace crier::sandbox {

[[nodiscard]] std::optional<ImageInfo> inspect_png(const Bytes& file);
[[nodiscard]] std::optional<ImageInfo> inspect_jpeg(const Bytes& file);
[[nodiscard]] std::optional<ImageInfo> inspect_gif(const Bytes& file);
[[nodiscard]] std::optional<ImageInfo> inspect_webp(const Bytes& file);
[[nodiscard]] std::optional<ImageInfo> inspect_mp4(const Bytes& file);  ///< and QuickTime, M4A
[[nodiscard]] std::optional<ImageInfo> inspect_webm(const Bytes& file); ///< and Matroska
[[nodiscard]] std::optional<ImageInfo> inspect_ogg(const Bytes& file);
[[nodiscard]] std::optional<ImageInfo> inspect_mp3(const Bytes& file);

/// A picture of that size; nothing when it has no extent.
[[nodiscard]] std::optional<ImageInfo> sized(std::string_view type, std::uint64_t width,
                                             std::uint64_t height);

} // namespace crier::sandbox
