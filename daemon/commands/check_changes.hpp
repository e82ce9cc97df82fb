#pragma once

#include "config/load.hpp"
#include "ports/store.hpp"

#include <vector>

namespace crier::commands {

/// What the daemon's next start would make of this configuration, by what its store remembers: renames, and
/// what a raised `edition` posts. Warnings only.
[[nodiscard]] std::vector<config::Problem> check_changes(const Settings& settings, const States& states,
                                                         Instant now);

} // namespace crier::commands
