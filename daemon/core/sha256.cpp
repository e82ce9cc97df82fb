#include "core/sha256.hpp"

#include <algorithm>

namespace crier {
namespace {

using Compress = void (*)(Sha256State&, const std::uint8_t*) noexcept;

Compress chosen() noexcept {
    static const Compress compress = has_sha_instructions() ? compress_by_instructions : compress_portable;
    return compress;
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
    for (std::size_t i = 0; i < 8; ++i)
        block_[length_at + i] = static_cast<std::uint8_t>(bits >> (56 - 8 * i));
    compress(block_.data());
    std::array<std::uint8_t, 32> digest;
    for (std::size_t i = 0; i < digest.size(); ++i)
        digest[i] = static_cast<std::uint8_t>(state_[i / 4] >> (24 - 8 * (i % 4)));
    return digest;
}

} // namespace crier
