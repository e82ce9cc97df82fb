#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace crier {

/// Where the value begins of the key that stands from `begin` to `end`, whatever it is. Nothing: no value
/// follows. It knows how files write keys and values:
///
///     key: X   key = "X"   "key" => "X"   key: string = "X"   env['key'] = 'X'   <key>X</key>
///     key: >-      (and the value on the next line, further in)
///     --key X      setenv key X      set -gx key X      ENV key X
[[nodiscard]] std::optional<std::size_t> value_of(std::string_view text, std::size_t begin, std::size_t end);

} // namespace crier
