#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

/// What SHA-256 does with each 64 bytes: by the processor's own instructions where it has them (several times
/// as fast: keys and identities are most of what a feed's look costs), else by the book.
namespace crier {

using Sha256State = std::array<std::uint32_t, 8>;

void compress_portable(Sha256State& state, const std::uint8_t* block) noexcept;

[[nodiscard]] bool has_sha_instructions() noexcept;
/// Only where has_sha_instructions().
void compress_by_instructions(Sha256State& state, const std::uint8_t* block) noexcept;

} // namespace crier
