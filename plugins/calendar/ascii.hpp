#pragma once

#include <string>
#include <string_view>

/// Letters of ASCII, whatever the locale.
namespace crier::calendar {

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

constexpr char capital(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

inline std::string capitals(std::string_view text) {
    std::string out{text};
    for (char& c : out)
        c = capital(c);
    return out;
}

/// Whether `text` is `wanted` but for capitals; `wanted` has nothing else.
constexpr bool same_but_case(std::string_view text, std::string_view wanted) {
    if (text.size() != wanted.size())
        return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (capital(text[i]) != wanted[i])
            return false;
    return true;
}

} // namespace crier::calendar
