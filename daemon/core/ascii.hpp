#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

/// Case, digits and blanks as protocols have them: A to Z and 0 to 9 alone, in any locale. What people write
/// is folded by core/text/plain.hpp.
namespace crier::ascii {

[[nodiscard]] constexpr char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

[[nodiscard]] constexpr char upper(char c) noexcept {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
}

[[nodiscard]] constexpr bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

[[nodiscard]] inline std::string lower(std::string_view text) {
    std::string out{text};
    for (char& c : out)
        c = lower(c);
    return out;
}

[[nodiscard]] inline std::string upper(std::string_view text) {
    std::string out{text};
    for (char& c : out)
        c = upper(c);
    return out;
}

/// Without the blanks and line ends around it.
[[nodiscard]] constexpr std::string_view trimmed(std::string_view text) noexcept {
    constexpr std::string_view blanks = " \t\r\n";
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    return text.substr(0, text.find_last_not_of(blanks) + 1);
}

/// The pieces between any of `separators`; two in a row have an empty one between them.
[[nodiscard]] inline std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
    std::vector<std::string_view> pieces;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find_first_of(separators, at), text.size());
        pieces.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return pieces;
}

/// Does it look like `pattern`, in which 9 stands for any digit?
[[nodiscard]] constexpr bool has_shape(std::string_view text, std::string_view pattern) noexcept {
    return std::equal(text.begin(), text.end(), pattern.begin(), pattern.end(),
                      [](char c, char like) { return like == '9' ? is_digit(c) : c == like; });
}

/// Of digits alone, and no more than an int holds.
[[nodiscard]] constexpr int number_of(std::string_view digits) noexcept {
    int number = 0;
    for (const char c : digits)
        number = number * 10 + (c - '0');
    return number;
}

/// The same but for case.
[[nodiscard]] constexpr bool same(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

} // namespace crier::ascii
