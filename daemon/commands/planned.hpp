#pragma once

#include "commands/invocation.hpp"
#include "core/schedule/zone.hpp"
#include "engine/compose.hpp"

#include <string>

namespace crier::commands {

/// A post that would be made.
struct Planned {
    Instant due{};
    std::string what;
    std::string account;
    schedule::Zone zone;
    engine::Composed post;
    int part = 1; ///< of a thread, from 1
    int parts = 1;
};

/// As text for people, or as one JSON object.
void print_planned(const Invocation& call, const Planned& planned);

} // namespace crier::commands
