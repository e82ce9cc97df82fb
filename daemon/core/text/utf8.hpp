#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// Code points in text that should be UTF-8 and may not be.
namespace crier::text {

struct CodePoint {
    std::int32_t value = -1; ///< -1: a byte that is not UTF-8
    std::size_t size = 0;    ///< bytes; 0 at the end of the text
};

/// The one that begins at `at`.
[[nodiscard]] CodePoint code_point(std::string_view text, std::size_t at) noexcept;
/// The one that ends before `at`.
[[nodiscard]] CodePoint code_point_before(std::string_view text, std::size_t at) noexcept;

/// Is all of it?
[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

/// The longest begin of at most so many bytes that ends between two characters.
[[nodiscard]] std::string_view first_bytes(std::string_view text, std::size_t most) noexcept;

void append(std::string& text, std::int32_t code_point);

/// Letters, marks, decimal digits and connecting punctuation: what Ruby's [[:word:]] matches.
[[nodiscard]] bool is_word(std::int32_t code_point) noexcept;
[[nodiscard]] bool is_letter(std::int32_t code_point) noexcept;
/// Unicode's White_Space.
[[nodiscard]] bool is_space(std::int32_t code_point) noexcept;

/// Where the extended grapheme cluster that begins at `at` ends. CR LF is one; a byte that is not UTF-8 is
/// one by itself.
[[nodiscard]] std::size_t grapheme_end(std::string_view text, std::size_t at) noexcept;

} // namespace crier::text
