#pragma once

#include "commands/known_servers.hpp"
#include "config/load.hpp"

#include <vector>

namespace crier::commands {

/// Accounts whose schedule wants more, in the day to come, than `min_gap` or the server's limits let through.
/// Warnings only.
[[nodiscard]] std::vector<config::Problem> check_limits(const Settings& settings, const KnownServers& servers,
                                                        Instant now);

} // namespace crier::commands
