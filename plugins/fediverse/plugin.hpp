#pragma once

#include "sdk/crier_plugin.h"

namespace crier::fediverse {

/// Reads another account's public posts on a server with Mastodon's API, without a token.
[[nodiscard]] const crier_plugin& table() noexcept;

} // namespace crier::fediverse
