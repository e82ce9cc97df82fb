#pragma once

#include "config/load.hpp"

#include <string>

namespace crier::commands {

/// Loads a configuration with the plugins that this program has.
[[nodiscard]] config::Loaded load_config(const std::string& path);

} // namespace crier::commands
