#pragma once

#include <cstdint>
#include <string_view>

namespace crier::media {

/// The checksum of PNG's chunks (ISO 3309). For a few bytes: it goes bit by bit.
[[nodiscard]] constexpr std::uint32_t crc32(std::string_view bytes) noexcept {
    std::uint32_t sum = 0xFFFFFFFFU;
    for (const char c : bytes) {
        sum ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit)
            sum = (sum & 1U) != 0 ? sum >> 1U ^ 0xEDB88320U : sum >> 1U;
    }
    return sum ^ 0xFFFFFFFFU;
}

} // namespace crier::media
