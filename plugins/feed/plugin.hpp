#pragma once

#include "sdk/crier_plugin.h"

namespace crier::feed {

/// RSS, Atom and JSON Feed.
[[nodiscard]] const crier_plugin& table() noexcept;

} // namespace crier::feed
