#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Letters of ASCII, whatever the locale; bytes above it are none.
namespace crier::kit {

/// What find() says where there is nothing.
inline constexpr std::size_t npos = std::string_view::npos;

constexpr bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

constexpr char lowered(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr char capital(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

constexpr bool is_letter(char c) {
    return lowered(c) >= 'a' && lowered(c) <= 'z';
}

/// With its capitals as small letters.
inline std::string lowered(std::string_view text) {
    std::string out{text};
    for (char& c : out)
        c = lowered(c);
    return out;
}

/// With its small letters as capitals.
inline std::string capitals(std::string_view text) {
    std::string out{text};
    for (char& c : out)
        c = capital(c);
    return out;
}

/// Whether the two are the same but for capitals.
constexpr bool same_but_case(std::string_view text, std::string_view wanted) {
    if (text.size() != wanted.size())
        return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (lowered(text[i]) != lowered(wanted[i]))
            return false;
    return true;
}

constexpr bool starts_but_case(std::string_view text, std::string_view wanted) {
    return same_but_case(text.substr(0, wanted.size()), wanted);
}

/// Without white space at both ends.
constexpr std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back()))
        text.remove_suffix(1);
    return text;
}

} // namespace crier::kit
