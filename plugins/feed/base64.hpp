#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace crier::feed {

/// The bytes of a text in base64 (RFC 4648, 4), white space in it passed over, its filling at will; nothing
/// where it is none.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

} // namespace crier::feed
