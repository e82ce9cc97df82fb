#pragma once

#include "commands/commands.hpp"

namespace crier::commands {

/// `crier import --from BOT FILE`: its configuration as one of crier's, and its state as what was seen.
///
/// Nothing is written before all of the other bot's files have been read, and a feed that cannot be looked at
/// leaves its source unmarked: its first run then posts nothing of it.
[[nodiscard]] int import_peer(const Invocation& call, const ImportOptions& options);

} // namespace crier::commands
