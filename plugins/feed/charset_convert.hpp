#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// Bytes of other encodings to UTF-8. What means nothing in them becomes U+FFFD.
namespace crier::feed {

/// UTF-8 but for some bytes: those are taken for windows-1252, which they nearly always are. The first
/// `valid` bytes are known to be right.
[[nodiscard]] std::string mend_utf8(std::string_view bytes, std::size_t valid);

[[nodiscard]] std::string from_western(std::string_view bytes);

/// Where the first control character of U+0080 to U+009F stands in UTF-8, or npos.
[[nodiscard]] std::size_t find_c1(std::string_view text);

/// UTF-8 that somebody made of windows-1252 by widening its bytes: U+0093 is its quotation mark. Nobody ever
/// meant the control characters that stand there (html.spec.whatwg.org reads "&#147;" so, too).
[[nodiscard]] std::string with_western_c1(std::string_view text);

/// Through iconv, by its name of the encoding; nothing where it does not have that one on this machine.
[[nodiscard]] std::optional<std::string> convert(std::string_view bytes, const char* name);

} // namespace crier::feed
