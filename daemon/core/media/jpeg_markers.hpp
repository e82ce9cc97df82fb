#pragma once

#include <cstdint>

/// The second bytes of a JPEG's markers (ITU T.81, table B.1).
namespace crier::media::jpeg {

inline constexpr std::uint32_t start = 0xD8;
inline constexpr std::uint32_t end = 0xD9;
inline constexpr std::uint32_t scan = 0xDA;
inline constexpr std::uint32_t app0 = 0xE0;
inline constexpr std::uint32_t app1 = 0xE1;
inline constexpr std::uint32_t app2 = 0xE2;
inline constexpr std::uint32_t app14 = 0xEE;
inline constexpr std::uint32_t app15 = 0xEF;
inline constexpr std::uint32_t comment = 0xFE;

/// Without a length: restarts, the start, the temporary one.
[[nodiscard]] constexpr bool stands_alone(std::uint32_t code) noexcept {
    return (code >= 0xD0 && code <= start) || code == 0x01;
}

/// It says how large the picture is.
[[nodiscard]] constexpr bool is_frame(std::uint32_t code) noexcept {
    return code >= 0xC0 && code <= 0xCF && code != 0xC4 && code != 0xC8 && code != 0xCC;
}

} // namespace crier::media::jpeg
