#pragma once

#include <cstdint>

namespace crier {

/// Rounded down, also below zero; `b` is above it.
[[nodiscard]] constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

} // namespace crier
