#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace crier::sandbox {

/// Red, green, blue, one byte each, row by row from the top.
struct Pixels {
    std::size_t width = 0;
    std::size_t height = 0;
    std::vector<std::uint8_t> bytes;
};

[[nodiscard]] std::string to_png(const Pixels& pixels);

} // namespace crier::sandbox
