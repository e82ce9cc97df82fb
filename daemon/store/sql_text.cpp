#include "store/sql_text.hpp"

#include <algorithm>
#include <cstddef>

namespace crier::store {

namespace {

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

bool is_of_name(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || is_digit(c);
}

std::size_t past_quote(std::string_view sql, std::size_t at) {
    const std::size_t end = sql.find(sql[at], at + 1);
    return end == std::string_view::npos ? sql.size() : end + 1;
}

/// How long the well-formed character is that begins there; 0: there is none.
std::size_t character(std::string_view text, std::size_t at) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    const unsigned lead = byte(0);
    if (lead == 0)
        return 0;
    if (lead < 0x80)
        return 1;
    const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || text.size() - at < length)
        return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(i) & 0xc0) != 0x80)
            return 0;
    const unsigned next = byte(1);
    const bool overlong = (lead == 0xe0 && next < 0xa0) || (lead == 0xf0 && next < 0x90);
    const bool surrogate = lead == 0xed && next >= 0xa0;
    const bool too_great = lead == 0xf4 && next >= 0x90;
    return overlong || surrogate || too_great ? 0 : length;
}

} // namespace

std::string for_postgres(std::string_view sql) {
    constexpr std::string_view by = "INDEXED BY ";
    constexpr std::string_view none = "NOT INDEXED";
    std::string out;
    out.reserve(sql.size() + 32);
    int greatest = 0;
    for (std::size_t i = 0; i < sql.size();) {
        const std::string_view rest = sql.substr(i);
        const bool begins_word = i == 0 || !is_of_name(sql[i - 1]);
        if (sql[i] == '\'' || sql[i] == '"') {
            const std::size_t end = past_quote(sql, i);
            out += sql.substr(i, end - i);
            i = end;
        } else if (sql[i] == '?') {
            int number = 0;
            for (++i; i < sql.size() && is_digit(sql[i]); ++i)
                number = number * 10 + (sql[i] - '0');
            if (number == 0)
                number = greatest + 1;
            greatest = std::max(greatest, number);
            out += '$' + std::to_string(number);
        } else if (begins_word && rest.substr(0, by.size()) == by) {
            for (i += by.size(); i < sql.size() && is_of_name(sql[i]);)
                ++i;
        } else if (begins_word && rest.substr(0, none.size()) == none) {
            i += none.size();
        } else {
            out += sql[i++];
        }
    }
    return out;
}

bool is_plain_utf8(std::string_view text) noexcept {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = character(text, at);
        if (length == 0)
            return false;
        at += length;
    }
    return true;
}

std::string as_plain_utf8(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 2);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = character(text, at);
        if (length == 0)
            out += "\xef\xbf\xbd";
        else
            out += text.substr(at, length);
        at += std::max<std::size_t>(length, 1);
    }
    return out;
}

} // namespace crier::store
