#pragma once

#include <string_view>

namespace crier::feed {

/// What bytes that are no UTF-8, and of which nobody says what they are, look like: iconv's name of an
/// encoding of East Asia, of Cyrillic, Greek, Hebrew, Arabic or Thai. Null: none of these, or too few to
/// tell; windows-1252 is meant then, or UTF-8 with something else in it.
[[nodiscard]] const char* guessed_charset(std::string_view bytes);

} // namespace crier::feed
