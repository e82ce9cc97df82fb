#pragma once

#include <string>

namespace crier::sandbox {

/// A little landscape by the sea as a PNG: the same bytes for the same number, another view for another one.
/// Sizes are clamped to 16 ... 4096.
[[nodiscard]] std::string make_picture(unsigned number, int width = 640, int height = 360);

/// What is to be seen on it, for people who cannot see it.
[[nodiscard]] std::string picture_alt_text(unsigned number);

} // namespace crier::sandbox
