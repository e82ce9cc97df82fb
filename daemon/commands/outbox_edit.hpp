#pragma once

#include "commands/commands.hpp"
#include "commands/daemon.hpp"

/// `crier outbox edit` and `reschedule`.
namespace crier::commands {

/// Whether the options fit together, for every action of `outbox`. A failure is Cause::usage.
[[nodiscard]] Result<> check_edit(const OutboxOptions& options);

/// After check_edit(), for these two actions. Returns the exit code.
[[nodiscard]] int edit(const Invocation& call, Daemon& daemon, const OutboxOptions& options);

} // namespace crier::commands
