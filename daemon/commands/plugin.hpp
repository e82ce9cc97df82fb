#pragma once

#include "commands/commands.hpp"

namespace crier::commands {

/// `crier plugin list`: what there is, and which keys it has.
[[nodiscard]] int list_plugins(const Invocation& call);

/// `crier plugin test FILE.so`: whether a shared object keeps to the contract.
[[nodiscard]] int test_plugin(const Invocation& call, const PluginOptions& options);

} // namespace crier::commands
