#pragma once

namespace crier::text {

/// What a server takes for one character of a text.
enum class LengthUnit {
    grapheme,   ///< what people see as one character
    code_point, ///< an emoji may have several
    utf16,      ///< JavaScript's and C#'s `length`: most emoji count two
};

} // namespace crier::text
