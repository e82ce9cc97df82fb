#pragma once

#include "commands/known_servers.hpp"
#include "config/load.hpp"

#include <vector>

namespace crier::commands {

/// Files that entries and sources attach, and what their servers would not take of them. Warnings only: a
/// file may be another one by then. Where a server was never met, Mastodon's bounds count.
[[nodiscard]] std::vector<config::Problem> check_media(const Settings& settings, const KnownServers& servers);

} // namespace crier::commands
