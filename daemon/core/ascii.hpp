#pragma once

#include <algorithm>
#include <string>
#include <string_view>

/// Case and digits as protocols have them: A to Z and 0 to 9 alone, in any locale. What people write is
/// folded by core/text/plain.hpp.
namespace crier::ascii {

[[nodiscard]] constexpr char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
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

/// The same but for case.
[[nodiscard]] constexpr bool same(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

} // namespace crier::ascii
