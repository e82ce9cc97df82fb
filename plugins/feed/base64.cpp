#include "feed/base64.hpp"

#include "kit/ascii.hpp"

namespace crier::feed {
namespace {

/// 0 to 63, or 64: no digit.
constexpr unsigned digit_of(char c) {
    if (c >= 'A' && c <= 'Z')
        return static_cast<unsigned>(c - 'A');
    if (c >= 'a' && c <= 'z')
        return static_cast<unsigned>(c - 'a') + 26;
    if (kit::is_digit(c))
        return static_cast<unsigned>(c - '0') + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : 64;
}

} // namespace

std::optional<std::string> from_base64(std::string_view text) {
    std::string out;
    out.reserve(text.size() / 4 * 3);
    unsigned bits = 0;
    unsigned count = 0;
    bool filled = false;
    for (const char c : text) {
        if (kit::is_blank(c))
            continue;
        filled = filled || c == '=';
        if (c == '=')
            continue;
        const unsigned digit = digit_of(c);
        if (digit == 64 || filled)
            return std::nullopt;
        bits = (bits << 6U) | digit;
        count += 6;
        if (count >= 8) {
            count -= 8;
            out += static_cast<char>(static_cast<unsigned char>((bits >> count) & 0xFFU));
        }
        bits &= (1U << count) - 1U;
    }
    if (count == 6) // a digit by itself is no byte
        return std::nullopt;
    return out;
}

} // namespace crier::feed
