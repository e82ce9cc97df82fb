#include "core/digest.hpp"

#include <algorithm>

namespace crier {
namespace {

constexpr char hex_digits[] = "0123456789abcdef";

} // namespace

std::string Digest::hex() const {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        text += hex_digits[byte >> 4U];
        text += hex_digits[byte & 15U];
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
    std::array<char, 8> length{};
    for (std::size_t i = 0; i < length.size(); ++i)
        length[i] = static_cast<char>(static_cast<std::uint64_t>(text.size()) >> (8 * i));
    hash_.update({length.data(), length.size()});
    hash_.update(text);
    return *this;
}

Digester& Digester::field(std::int64_t number) {
    std::array<char, 8> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<char>(static_cast<std::uint64_t>(number) >> (8 * i));
    return field(std::string_view{bytes.data(), bytes.size()});
}

Digest Digester::finish() {
    return Digest{hash_.finish()};
}

Digest digest_of(std::string_view text) {
    return Digester{}.field(text).finish();
}

} // namespace crier
