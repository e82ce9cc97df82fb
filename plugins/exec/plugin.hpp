#pragma once

#include "sdk/crier_plugin.h"

namespace crier::exec {

/// Reads what a program writes: JSON, an object an item, or text.
[[nodiscard]] const crier_plugin& table() noexcept;

} // namespace crier::exec
