#pragma once

#include "commands/invocation.hpp"

#include <string>

namespace crier::commands {

/// The store that a copy is to be made of: the configuration's, also where that has mistakes elsewhere; they
/// are printed.
///
/// Errors: config, where the store cannot be read from it; conflict, where a daemon runs that goes on with
/// another store, for `store:` was changed since it started.
[[nodiscard]] Result<std::string> store_to_copy(const Invocation& call);

} // namespace crier::commands
