#pragma once

#include "commands/invocation.hpp"
#include "config/load.hpp"

#include <vector>

namespace crier::commands {

/// What the daemon's next start would make of this configuration, by what its store remembers: renames, and
/// what a raised `edition` posts. Warnings only; nothing where there is no store.
[[nodiscard]] std::vector<config::Problem> check_changes(const Invocation& call, const Settings& settings);

} // namespace crier::commands
