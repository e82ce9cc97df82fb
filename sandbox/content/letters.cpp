#include "sandbox/content/letters.hpp"

#include <utf8proc.h>

namespace crier::sandbox {
namespace {

bool within(std::int32_t code, std::int32_t first, std::int32_t last) noexcept {
    return code >= first && code <= last;
}

utf8proc_category_t category(std::int32_t code) noexcept {
    return code < 0 ? UTF8PROC_CATEGORY_CN : utf8proc_category(code);
}

bool is_letter(utf8proc_category_t kind) noexcept {
    return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO;
}

} // namespace

std::vector<Letter> letters_of(std::string_view text) {
    std::vector<Letter> letters;
    letters.reserve(text.size() + 1);
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    std::size_t at = 0;
    while (at < text.size()) {
        std::int32_t code = broken;
        const auto size =
            utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(text.size() - at), &code);
        letters.push_back({size > 0 ? code : broken, at});
        at += size > 0 ? static_cast<std::size_t>(size) : 1;
    }
    letters.push_back({broken, at});
    return letters;
}

bool is_ascii_alnum(std::int32_t code) noexcept {
    return within(code, '0', '9') || within(code, 'a', 'z') || within(code, 'A', 'Z');
}

bool is_word(std::int32_t code) noexcept {
    const auto kind = category(code);
    return is_letter(kind) || (kind >= UTF8PROC_CATEGORY_MN && kind <= UTF8PROC_CATEGORY_ME) ||
           kind == UTF8PROC_CATEGORY_ND || kind == UTF8PROC_CATEGORY_PC;
}

bool is_alpha(std::int32_t code) noexcept {
    const auto kind = category(code);
    return is_letter(kind) || kind == UTF8PROC_CATEGORY_MC || kind == UTF8PROC_CATEGORY_NL;
}

bool is_space(std::int32_t code) noexcept {
    return within(code, 0x09, 0x0D) || code == ' ' || code == 0x85 || code == 0xA0 || code == 0x1680 ||
           within(code, 0x2000, 0x200A) || within(code, 0x2028, 0x2029) || code == 0x202F || code == 0x205F ||
           code == 0x3000;
}

bool is_accented_latin(std::int32_t code) noexcept {
    constexpr struct {
        std::int32_t first, last;
    } ranges[] = {{0xC0, 0xD6},   {0xD8, 0xF6},   {0xF8, 0x24F},  {0x253, 0x254},
                  {0x256, 0x257}, {0x259, 0x259}, {0x25B, 0x25B}, {0x263, 0x263},
                  {0x268, 0x268}, {0x26F, 0x26F}, {0x272, 0x272}, {0x289, 0x289},
                  {0x28B, 0x28B}, {0x2BB, 0x2BB}, {0x300, 0x36F}, {0x1E00, 0x1EFF}};
    for (const auto& range : ranges)
        if (within(code, range.first, range.last))
            return true;
    return false;
}

bool is_cyrillic(std::int32_t code) noexcept {
    return within(code, 0x400, 0x52F) || within(code, 0x1C80, 0x1C88) || code == 0x1D2B || code == 0x1D78 ||
           within(code, 0x2DE0, 0x2DFF) || within(code, 0xA640, 0xA69F) || within(code, 0xFE2E, 0xFE2F);
}

bool is_dash(std::int32_t code) noexcept {
    return category(code) == UTF8PROC_CATEGORY_PD;
}

bool is_directional(std::int32_t code) noexcept {
    return code == 0x61C || within(code, 0x200E, 0x200F) || within(code, 0x202A, 0x202E) ||
           within(code, 0x2066, 0x2069);
}

std::string_view stripped(std::string_view text) noexcept {
    constexpr std::string_view blank{" \t\n\v\f\r\0", 7};
    const auto first = text.find_first_not_of(blank);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

} // namespace crier::sandbox
