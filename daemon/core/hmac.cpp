#include "core/hmac.hpp"

#include "core/sha256.hpp"

#include <algorithm>

namespace crier {
namespace {

constexpr std::size_t block = 64;

using Digest32 = std::array<std::uint8_t, 32>;

std::string_view as_text(const Digest32& bytes) noexcept {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Digest32 sha256_of(std::string_view first, std::string_view second) {
    Sha256 hash;
    hash.update(first);
    hash.update(second);
    return hash.finish();
}

std::string padded(std::string_view key, unsigned char with) {
    std::string pad(block, '\0');
    std::copy(key.begin(), key.end(), pad.begin());
    for (char& byte : pad)
        byte = static_cast<char>(static_cast<unsigned char>(byte) ^ with);
    return pad;
}

} // namespace

std::array<std::uint8_t, 32> hmac_sha256(std::string_view key, std::string_view message) {
    const Digest32 hashed = key.size() > block ? sha256_of(key, {}) : Digest32{};
    if (key.size() > block)
        key = as_text(hashed);
    const Digest32 inner = sha256_of(padded(key, 0x36), message);
    return sha256_of(padded(key, 0x5c), as_text(inner));
}

bool same_in_constant_time(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size())
        return false;
    // Volatile, so that no compiler finds out that it may stop early.
    volatile unsigned char differences = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        differences = static_cast<unsigned char>(
            differences | (static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i])));
    return differences == 0;
}

std::string to_hex(std::span<const std::uint8_t> bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

} // namespace crier
