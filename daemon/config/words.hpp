#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crier::config {

/// Long, and of letters and digits as only a machine writes them: most likely a token, never to be printed.
[[nodiscard]] bool looks_like_secret(std::string_view text) noexcept;

/// A value or key as it may stand in a message: shortened, without control characters, and never a secret.
[[nodiscard]] std::string printable(std::string_view text);
/// The same in quotes.
[[nodiscard]] std::string quoted(std::string_view text);

} // namespace crier::config
