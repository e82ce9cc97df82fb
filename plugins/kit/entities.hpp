#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace crier::kit {

/// A character reference of HTML: "&amp;", "&#8217;", "&#x2019;".
struct Reference {
    std::size_t size = 0; ///< bytes that it takes; 0: the '&' is only a character
    char32_t code = 0;    ///< the character that is meant (128 to 159 are windows-1252's)
    bool numeric = false;
    char32_t number = 0; ///< as written
    bool closed = false; ///< ends with a semicolon
};

/// The reference at the start of `text`.
[[nodiscard]] Reference read_reference(std::string_view text);

/// Appends what the reference at the start of `text` stands for; how many bytes it took, or 0: it is none.
/// The semicolon may be missing where browsers allow it.
std::size_t decode_reference(std::string_view text, std::string& out);

/// A text with all its references decoded, once.
[[nodiscard]] std::string decode_references(std::string_view text);

} // namespace crier::kit
