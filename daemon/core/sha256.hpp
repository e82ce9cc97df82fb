#pragma once

#include "core/sha256_block.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace crier {

/// SHA-256 (FIPS 180-4), written here because it is all that core would want a cryptographic library for, and
/// because the first digest made by OpenSSL 3 costs two megabytes of memory and most of a start.
///
/// Not for secrets: its memory is not wiped. Not thread-safe; one per digest.
class Sha256 {
public:
    void update(std::string_view bytes) noexcept;
    /// Ends it: call it once, and nothing after it.
    [[nodiscard]] std::array<std::uint8_t, 32> finish() noexcept;

private:
    static constexpr std::size_t block_size = 64;
    void compress(const std::uint8_t* block) noexcept;

    Sha256State state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                       0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<std::uint8_t, block_size> block_{}; ///< its first `size_ % block_size` bytes wait
    std::uint64_t size_ = 0;                       ///< bytes so far
};

} // namespace crier
