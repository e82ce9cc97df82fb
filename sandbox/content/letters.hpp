#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

/// A text as code points, and what Ruby's character classes say of them.
namespace crier::sandbox {

/// A byte that is not UTF-8. It belongs to no class.
inline constexpr std::int32_t broken = -1;

struct Letter {
    std::int32_t code = broken;
    std::size_t begin = 0; ///< its first byte in the text
};

/// With one letter more at the end, a `broken` one, which begins where the text ends: looking one ahead is
/// safe.
[[nodiscard]] std::vector<Letter> letters_of(std::string_view text);

[[nodiscard]] bool is_ascii_alnum(std::int32_t code) noexcept;
[[nodiscard]] bool is_word(std::int32_t code) noexcept;  ///< letters, marks, decimal digits, connectors
[[nodiscard]] bool is_alpha(std::int32_t code) noexcept; ///< letters and what is written like them
[[nodiscard]] bool is_space(std::int32_t code) noexcept; ///< White_Space
[[nodiscard]] bool is_accented_latin(std::int32_t code) noexcept;
[[nodiscard]] bool is_cyrillic(std::int32_t code) noexcept;
[[nodiscard]] bool is_dash(std::int32_t code) noexcept;        ///< hyphens and dashes
[[nodiscard]] bool is_directional(std::int32_t code) noexcept; ///< marks of writing direction

/// Without white space (ASCII) and NUL at both ends, as Ruby's String#strip.
[[nodiscard]] std::string_view stripped(std::string_view text) noexcept;

} // namespace crier::sandbox
