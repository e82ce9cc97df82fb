#include "core/digest.hpp"

#include <algorithm>
#include <bit>
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

Digest Digest::from_hex(std::string_view digits) noexcept {
    Digest digest;
    const auto value = [](char c) {
        const std::size_t at = std::string_view{hex_digits}.find(c);
        return at == std::string_view::npos ? -1 : static_cast<int>(at);
    };
    if (digits.size() != digest.bytes.size() * 2)
        return {};
    for (std::size_t i = 0; i < digest.bytes.size(); ++i) {
        const int high = value(digits[2 * i]);
        const int low = value(digits[2 * i + 1]);
        if (high < 0 || low < 0)
            return {};
        digest.bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return digest;
}

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
