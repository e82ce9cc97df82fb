#pragma once

#include <string>
#include <string_view>

namespace crier::kit {

/// Why this names no file below the folder of whoever names it, as the end of a sentence that begins with
/// the name ("must not ..."); empty: it does. What is named must stay below: no absolute path, no "..".
[[nodiscard]] std::string trouble_with_name(std::string_view name);

/// The MIME type by a name's extension, of the pictures, videos and sounds that services take. Empty: it is
/// none of them.
[[nodiscard]] std::string_view media_type_of(std::string_view name);

/// What follows the last dot of the last part, in small letters; empty: there is none.
[[nodiscard]] std::string extension_of(std::string_view name);

} // namespace crier::kit
