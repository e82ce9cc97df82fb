#pragma once

#include "commands/invocation.hpp"
#include "engine/planned.hpp"

namespace crier::commands {

using engine::local_text;
using engine::note_of;
using engine::Planned;

/// As text for people, or as one JSON object.
void print_planned(const Invocation& call, const Planned& planned);

} // namespace crier::commands
