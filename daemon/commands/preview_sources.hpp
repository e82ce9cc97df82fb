#pragma once

#include "commands/commands.hpp"
#include "commands/known_servers.hpp"

/// The part of `crier preview` that looks at sources. It fetches and marks nothing.
namespace crier::commands {

/// The posts that the newest items of one source would make, whether they were seen before or not.
[[nodiscard]] int preview_source(const Invocation& call, const Settings& settings,
                                 const PreviewOptions& options, const KnownServers& servers);

/// The posts that the daemon would make of all sources if it looked at them now.
[[nodiscard]] int preview_new_items(const Invocation& call, const Settings& settings,
                                    const PreviewOptions& options, const KnownServers& servers);

} // namespace crier::commands
