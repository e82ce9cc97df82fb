#pragma once

#include "core/failure.hpp"

#include <string>
#include <vector>

namespace crier::net {

using Addresses = std::vector<std::string>;

/// What the system says to a name: numeric addresses, in its order of preference (RFC 6724).
///
/// Thread: any; blocks, for half a minute when no name server answers.
[[nodiscard]] Result<Addresses> ask_system(const std::string& host);

/// In the same order, each once and the families by turns: when one is broken, the other is the next to be
/// tried (RFC 8305, 4).
[[nodiscard]] Addresses by_turns(const Addresses& found);

} // namespace crier::net
