#pragma once

#include "commands/known_servers.hpp"
#include "config/tree.hpp"

#include <optional>
#include <vector>

namespace crier::commands {

/// Warnings of entries that will not do what they seem to: that are new and never fire, that always fall into
/// quiet times, or whose posts expire before the account's limits let them leave. `known`: what the store
/// remembers; of an entry that has had its time nothing need be said.
[[nodiscard]] std::vector<config::Problem> check_schedule(const Settings& settings,
                                                          const std::optional<States>& known,
                                                          const KnownServers& servers, Instant now);

} // namespace crier::commands
