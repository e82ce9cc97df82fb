#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace crier::kit {

/// Appends a code point; what is none becomes U+FFFD.
void append_utf8(char32_t code, std::string& out);

/// The size of the character at the start of `text`, or 0: there is none. Surrogates, U+FFFE and U+FFFF are
/// none, as in XML.
[[nodiscard]] std::size_t utf8_size(std::string_view text);

/// How many bytes at the start of `text` are whole characters.
[[nodiscard]] std::size_t valid_utf8_prefix(std::string_view text);

/// `text` cut to at most `size` bytes, between two characters.
[[nodiscard]] std::string_view cut_utf8(std::string_view text, std::size_t size);

/// What a byte means in windows-1252; the five that mean nothing stay what they are.
[[nodiscard]] char32_t windows_1252(unsigned char byte);

} // namespace crier::kit
