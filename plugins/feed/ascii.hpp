#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Letters of ASCII, whatever the locale; bytes above it are none.
namespace crier::feed {

/// What find() says where there is nothing.
inline constexpr std::size_t npos = std::string_view::npos;

constexpr bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

constexpr char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr bool is_letter(char c) {
    return lower(c) >= 'a' && lower(c) <= 'z';
}

inline std::string lower(std::string_view text) {
    std::string out{text};
    for (char& c : out)
        c = lower(c);
    return out;
}

/// Whether `text` is `wanted` but for capitals; `wanted` has none.
constexpr bool same_but_case(std::string_view text, std::string_view wanted) {
    if (text.size() != wanted.size())
        return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (lower(text[i]) != wanted[i])
            return false;
    return true;
}

constexpr bool starts_but_case(std::string_view text, std::string_view wanted) {
    return same_but_case(text.substr(0, wanted.size()), wanted);
}

constexpr std::string_view trim(std::string_view text) {
    while (!text.empty() && is_blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back()))
        text.remove_suffix(1);
    return text;
}

} // namespace crier::feed
