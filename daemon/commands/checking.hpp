#pragma once

#include "config/load.hpp"

#include <optional>
#include <string>

namespace crier::commands {

/// Loads a configuration with the plugins that this program has.
[[nodiscard]] config::Loaded load_config(const std::string& path);

/// config::load_main_places, likewise.
[[nodiscard]] std::optional<config::MainPlaces> load_main_places(const std::string& path);

} // namespace crier::commands
