#include "core/sha256.hpp"

#include <algorithm>

namespace crier {
namespace {

using Compress = void (*)(Sha256State&, const std::uint8_t*) noexcept;

Compress chosen() noexcept {
    static const Compress compress = has_sha_instructions() ? compress_by_instructions : compress_portable;
    return compress;
}

/// In one expression each, which a compiler makes one instruction of.
void write_big_endian(std::uint8_t* to, std::uint32_t word) noexcept {
    to[0] = static_cast<std::uint8_t>(word >> 24U);
    to[1] = static_cast<std::uint8_t>(word >> 16U);
    to[2] = static_cast<std::uint8_t>(word >> 8U);
    to[3] = static_cast<std::uint8_t>(word);
}

} // namespace

void Sha256::compress(const std::uint8_t* block) noexcept {
    chosen()(state_, block);
}

void Sha256::update(std::string_view bytes) noexcept {
    const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
    std::size_t left = bytes.size();
    const std::size_t waiting = size_ % block_size;
    size_ += left;
    if (waiting > 0) {
        const std::size_t taken = std::min(left, block_size - waiting);
        std::copy_n(data, taken, block_.data() + waiting);
        data += taken;
        left -= taken;
        if (waiting + taken < block_size)
            return;
        compress(block_.data());
    }
    for (; left >= block_size; data += block_size, left -= block_size)
        compress(data);
    std::copy_n(data, left, block_.data());
}

std::array<std::uint8_t, 32> Sha256::finish() noexcept {
    constexpr std::size_t length_at = block_size - 8;
    const std::uint64_t bits = size_ * 8;
    std::size_t at = size_ % block_size;
    block_[at++] = 0x80;
    if (at > length_at) {
        std::fill(block_.data() + at, block_.data() + block_size, std::uint8_t{0});
        compress(block_.data());
        at = 0;
    }
    std::fill(block_.data() + at, block_.data() + length_at, std::uint8_t{0});
    write_big_endian(block_.data() + length_at, static_cast<std::uint32_t>(bits >> 32U));
    write_big_endian(block_.data() + length_at + 4, static_cast<std::uint32_t>(bits));
    compress(block_.data());
    std::array<std::uint8_t, 32> digest;
    for (std::size_t i = 0; i < state_.size(); ++i)
        write_big_endian(digest.data() + 4 * i, state_[i]);
    return digest;
}

} // namespace crier
