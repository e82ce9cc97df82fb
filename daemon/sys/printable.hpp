#pragma once

#include <string>
#include <string_view>

namespace crier::sys {

/// The text with everything that a terminal would act on, or that would break a line, made visible: "\n",
/// "\x1b", "\u202e"; bytes that are no UTF-8 as "\xff".
[[nodiscard]] std::string printable(std::string_view text);

/// A JSON string with its quotation marks. Also escapes what printable() shows; no UTF-8 becomes U+FFFD.
[[nodiscard]] std::string json_string(std::string_view text);

/// The same of a JSON text as a library wrote it: valid UTF-8, and nothing in it that a terminal would act
/// on.
[[nodiscard]] std::string printable_json(std::string_view json);

} // namespace crier::sys
