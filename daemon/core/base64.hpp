#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace crier {

/// RFC 4648, section 4, with its padding.
[[nodiscard]] std::string to_base64(std::string_view bytes);

/// Nothing: it is none. The padding may be missing, for some who hand out secrets leave it out.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

} // namespace crier
