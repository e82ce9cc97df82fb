#include "core/digest.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>
#include <system_error>

namespace crier {
namespace {

constexpr char hex_digits[] = "0123456789abcdef";

std::array<char, 8> little_endian(std::uint64_t number) noexcept {
    std::array<char, 8> bytes;
    if constexpr (std::endian::native == std::endian::little)
        std::memcpy(bytes.data(), &number, bytes.size());
    else
        for (std::size_t i = 0; i < bytes.size(); ++i)
            bytes[i] = static_cast<char>(number >> (8 * i));
    return bytes;
}

} // namespace

std::string Digest::hex() const {
    std::string text(bytes.size() * 2, '0');
    char* digit = text.data();
    for (const std::uint8_t byte : bytes) {
        *digit++ = hex_digits[byte >> 4U];
        *digit++ = hex_digits[byte & 15U];
    }
    return text;
}

std::string_view Digest::view() const noexcept {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Digest Digest::from_bytes(std::string_view bytes) noexcept {
    Digest digest;
    if (bytes.size() == digest.bytes.size())
        std::transform(bytes.begin(), bytes.end(), digest.bytes.begin(),
                       [](char c) { return static_cast<std::uint8_t>(c); });
    return digest;
}

Digest Digest::from_hex(std::string_view digits) noexcept {
    Digest digest;
    if (digits.size() != 2 * digest.bytes.size())
        return digest;
    for (std::size_t i = 0; i < digest.bytes.size(); ++i) {
        const char* begin = digits.data() + 2 * i;
        const auto read = std::from_chars(begin, begin + 2, digest.bytes[i], 16);
        if (read.ec != std::errc{} || read.ptr != begin + 2)
            return Digest{};
    }
    return digest;
}

Digester& Digester::field(std::string_view text) {
    const auto length = little_endian(text.size());
    hash_.update({length.data(), length.size()});
    hash_.update(text);
    return *this;
}

Digester& Digester::field(std::int64_t number) {
    const auto bytes = little_endian(static_cast<std::uint64_t>(number));
    return field(std::string_view{bytes.data(), bytes.size()});
}

Digest Digester::finish() {
    return Digest{hash_.finish()};
}

Digest digest_of(std::string_view text) {
    return Digester{}.field(text).finish();
}

} // namespace crier
