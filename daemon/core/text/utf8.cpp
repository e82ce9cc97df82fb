#include "core/text/utf8.hpp"

#include <utf8proc.h>

#include <array>

namespace crier::text {
namespace {

const utf8proc_uint8_t* bytes(std::string_view text, std::size_t at) {
    return reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at;
}

bool is_ascii(char c) noexcept {
    return static_cast<unsigned char>(c) < 0x80;
}

} // namespace

CodePoint code_point(std::string_view text, std::size_t at) noexcept {
    if (at >= text.size())
        return {};
    if (is_ascii(text[at]))
        return {text[at], 1};
    utf8proc_int32_t value = -1;
    const utf8proc_ssize_t size =
        utf8proc_iterate(bytes(text, at), static_cast<utf8proc_ssize_t>(text.size() - at), &value);
    if (size <= 0)
        return {-1, 1};
    return {value, static_cast<std::size_t>(size)};
}

bool is_utf8(std::string_view text) noexcept {
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint next = code_point(text, at);
        if (next.value < 0)
            return false;
        at += next.size;
    }
    return true;
}

std::string_view first_bytes(std::string_view text, std::size_t most) noexcept {
    if (text.size() <= most)
        return text;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U)
        --most;
    return text.substr(0, most);
}

CodePoint code_point_before(std::string_view text, std::size_t at) noexcept {
    if (at == 0)
        return {};
    std::size_t begin = at - 1;
    while (begin > 0 && at - begin < 4 && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U)
        --begin;
    const CodePoint found = code_point(text, begin);
    return begin + found.size == at ? found : CodePoint{-1, 1};
}

void append(std::string& text, std::int32_t code_point) {
    std::array<utf8proc_uint8_t, 4> buffer{};
    const utf8proc_ssize_t size = utf8proc_encode_char(code_point, buffer.data());
    text.append(reinterpret_cast<const char*>(buffer.data()), static_cast<std::size_t>(size));
}

bool is_word(std::int32_t code_point) noexcept {
    if (code_point < 0)
        return false;
    switch (utf8proc_category(code_point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_PC:
        return true;
    default:
        return false;
    }
}

bool is_letter(std::int32_t code_point) noexcept {
    if (code_point < 0)
        return false;
    const utf8proc_category_t category = utf8proc_category(code_point);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

bool is_space(std::int32_t code_point) noexcept {
    if (code_point < 0x80)
        return code_point == ' ' || (code_point >= '\t' && code_point <= '\r');
    switch (code_point) {
    case 0x85:
    case 0xA0:
    case 0x1680:
    case 0x2028:
    case 0x2029:
    case 0x202F:
    case 0x205F:
    case 0x3000:
        return true;
    default:
        return code_point >= 0x2000 && code_point <= 0x200A;
    }
}

std::size_t grapheme_end(std::string_view text, std::size_t at) noexcept {
    CodePoint current = code_point(text, at);
    std::size_t end = at + current.size;
    utf8proc_int32_t state = 0;
    while (end < text.size()) {
        if (current.value < 0)
            return end;
        // Between two ASCII characters there is always a break, but for CR LF.
        if (current.value < 0x80 && is_ascii(text[end]) && !(current.value == '\r' && text[end] == '\n'))
            return end;
        const CodePoint next = code_point(text, end);
        if (next.value < 0 || utf8proc_grapheme_break_stateful(current.value, next.value, &state))
            return end;
        end += next.size;
        current = next;
    }
    return end;
}

} // namespace crier::text
