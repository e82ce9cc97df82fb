#pragma once

#include "sdk/crier_plugin.h"

namespace crier::example {

/// The plugin of docs/PLUGINS.md: reads lines "title <tab> link".
[[nodiscard]] const crier_plugin& table() noexcept;

} // namespace crier::example
