#pragma once

#include "commands/invocation.hpp"
#include "config/load.hpp"

#include <vector>

namespace crier::commands {

/// Accounts whose schedule wants more, in the day to come, than `min_gap` or the server's limits let through.
/// Warnings only. What kind of server it is comes from the store; a Mastodon where that knows none.
[[nodiscard]] std::vector<config::Problem> check_limits(const Invocation& call, const Settings& settings);

} // namespace crier::commands
