#include "kit/utf8.hpp"

#include "kit/eight_bytes.hpp"

namespace crier::kit {
namespace {

constexpr char32_t upper_half[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                     0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                     0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                     0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

} // namespace

void append_utf8(char32_t code, std::string& out) {
    if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
        code = 0xFFFD;
    const auto byte = [&out](char32_t value) { out += static_cast<char>(static_cast<unsigned char>(value)); };
    if (code < 0x80) {
        byte(code);
    } else if (code < 0x800) {
        byte(0xC0U | (code >> 6U));
        byte(0x80U | (code & 0x3FU));
    } else if (code < 0x10000) {
        byte(0xE0U | (code >> 12U));
        byte(0x80U | ((code >> 6U) & 0x3FU));
        byte(0x80U | (code & 0x3FU));
    } else {
        byte(0xF0U | (code >> 18U));
        byte(0x80U | ((code >> 12U) & 0x3FU));
        byte(0x80U | ((code >> 6U) & 0x3FU));
        byte(0x80U | (code & 0x3FU));
    }
}

std::size_t utf8_size(std::string_view text) {
    if (text.empty())
        return 0;
    const auto byte = [text](std::size_t i) -> unsigned {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const auto follows = [&byte](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
    const unsigned first = byte(0);
    if (first < 0x80)
        return 1;
    if (first < 0xC2)
        return 0;
    if (first < 0xE0)
        return follows(1) ? 2 : 0;
    if (first < 0xF0) {
        const unsigned code = ((first & 0x0FU) << 12U) | ((byte(1) & 0x3FU) << 6U) | (byte(2) & 0x3FU);
        const bool good =
            follows(1) && follows(2) && code >= 0x800 && code < 0xFFFE && (code < 0xD800 || code > 0xDFFF);
        return good ? 3 : 0;
    }
    if (first < 0xF5) {
        const unsigned start = ((first & 0x07U) << 6U) | (byte(1) & 0x3FU); // the code's upper bits
        const bool good = follows(1) && follows(2) && follows(3) && start >= (0x10000U >> 12U) &&
                          start <= (0x10FFFFU >> 12U);
        return good ? 4 : 0;
    }
    return 0;
}

std::size_t valid_utf8_prefix(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        while (at + EightBytes::size <= text.size() && !EightBytes{text.data() + at}.any_beyond_ascii())
            at += EightBytes::size;
        if (at == text.size())
            break;
        const std::size_t size = utf8_size(text.substr(at));
        if (size == 0)
            break;
        at += size;
    }
    return at;
}

std::string_view cut_utf8(std::string_view text, std::size_t size) {
    if (text.size() <= size)
        return text;
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U)
        --size;
    return text.substr(0, size);
}

char32_t windows_1252(unsigned char byte) {
    return byte >= 0x80 && byte < 0xA0 ? upper_half[byte - 0x80U] : byte;
}

} // namespace crier::kit
