#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// What languages make of numbers. `language` is a tag such as "de" or "de-AT"; an empty one is English.
namespace crier::text {

/// "1st", "1.", "1:a", "1er", "1e"; the bare number where the form depends on the noun's gender (Spanish,
/// Italian, Portuguese) or the language is not known.
[[nodiscard]] std::string ordinal(std::int64_t number, std::string_view language);

/// Which word goes with a number: 0 as with one, 1 as with two, 2 as with five. 2 is Polish alone, and 1 is
/// all that is not 0 elsewhere.
[[nodiscard]] unsigned plural_form(std::int64_t number, std::string_view language);

} // namespace crier::text
