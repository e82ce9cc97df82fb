#pragma once

#include "commands/known_servers.hpp"
#include "config/problems.hpp"

#include <vector>

namespace crier::commands {

/// What the configuration wants of a server that does not offer it: quotes, polls that are too long, posts
/// that stay there, Markdown. Only of servers that are known (the daemon has met them, or they were asked
/// now).
[[nodiscard]] std::vector<config::Problem> check_forms(const Settings& settings, const KnownServers& servers);

} // namespace crier::commands
