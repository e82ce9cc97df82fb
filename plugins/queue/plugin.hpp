#pragma once

#include "sdk/crier_plugin.h"

namespace crier::queue {

/// A list that a person keeps: CSV, JSON or YAML, a row an item.
[[nodiscard]] const crier_plugin& table() noexcept;

} // namespace crier::queue
