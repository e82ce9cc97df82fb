#pragma once

#include <string>
#include <string_view>

/// Exif as far as it matters here: a picture that was stripped must still stand upright.
namespace crier::media {

/// Of a TIFF structure (in a PNG's eXIf or a WebP's EXIF with or without "Exif\0\0" before it): 1 to 8; 1
/// where it says none.
[[nodiscard]] int orientation_in(std::string_view exif) noexcept;

/// The least TIFF structure that says this, and nothing else.
[[nodiscard]] std::string exif_of(int orientation);

} // namespace crier::media
