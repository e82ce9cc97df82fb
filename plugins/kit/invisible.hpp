#pragma once

#include <string>
#include <string_view>

namespace crier::kit {

/// A text in which the blanks of Unicode (thin, em, a line separator ...) are blanks, and zero-width ones and
/// byte order marks are nothing: `text` itself where it has none of them, else in `storage`. Joiners stay:
/// emoji and Persian need them.
[[nodiscard]] std::string_view without_invisible(std::string_view text, std::string& storage);

} // namespace crier::kit
