#pragma once

#include "sdk/crier_plugin.h"

namespace crier::directory {

/// The files of a folder, each an item: texts, and pictures with what is written beside them.
[[nodiscard]] const crier_plugin& table() noexcept;

} // namespace crier::directory
