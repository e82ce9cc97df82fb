#include "sys/printable.hpp"

#include "core/text/utf8.hpp"

#include <cstddef>
#include <cstdint>

namespace crier::sys {
namespace {

/// Controls, line and paragraph separators, and what turns the direction of the text around it.
bool acts(std::int32_t c) {
    return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x61c || c == 0x200e || c == 0x200f ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

std::string hex(std::uint32_t value, std::size_t digits) {
    constexpr std::string_view alphabet = "0123456789abcdef";
    std::string text(digits, '0');
    for (std::size_t i = digits; i > 0; --i, value >>= 4U)
        text[i - 1] = alphabet[value & 15U];
    return text;
}

std::string shown(std::int32_t c) {
    switch (c) {
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        return c < 0x80 ? "\\x" + hex(static_cast<std::uint32_t>(c), 2)
                        : "\\u" + hex(static_cast<std::uint32_t>(c), 4);
    }
}

} // namespace

std::string printable(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const text::CodePoint c = text::code_point(text, at);
        if (c.value < 0)
            out += "\\x" + hex(static_cast<unsigned char>(text[at]), 2);
        else if (acts(c.value))
            out += shown(c.value);
        else
            out += text.substr(at, c.size);
        at += c.size;
    }
    return out;
}

std::string json_string(std::string_view text) {
    std::string out = "\"";
    for (std::size_t at = 0; at < text.size();) {
        const text::CodePoint c = text::code_point(text, at);
        if (c.value < 0)
            out += "\xef\xbf\xbd";
        else if (c.value == '"' || c.value == '\\')
            (out += '\\') += static_cast<char>(c.value);
        else if (c.value == '\n' || c.value == '\r' || c.value == '\t')
            out += shown(c.value);
        else if (acts(c.value))
            out += "\\u" + hex(static_cast<std::uint32_t>(c.value), 4);
        else
            out += text.substr(at, c.size);
        at += c.size;
    }
    return out + '"';
}

std::string printable_json(std::string_view json) {
    // Such characters stand in its strings alone, where the library has escaped those below 0x20.
    std::string out;
    out.reserve(json.size());
    for (std::size_t at = 0; at < json.size();) {
        const text::CodePoint c = text::code_point(json, at);
        if (c.value < 0)
            out += "\xef\xbf\xbd";
        else if (c.value >= 0x20 && acts(c.value))
            out += "\\u" + hex(static_cast<std::uint32_t>(c.value), 4);
        else
            out += json.substr(at, c.size);
        at += c.size;
    }
    return out;
}

} // namespace crier::sys
