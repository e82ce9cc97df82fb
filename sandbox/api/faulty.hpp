#pragma once

#include "sandbox/http/message.hpp"
#include "sandbox/state/world.hpp"

namespace crier::sandbox {

/// Whether it answers by itself (500, cut ...); the others change what an endpoint does.
[[nodiscard]] bool stands_in_front(const Fault& fault);

/// What the client meets instead of the right answer.
[[nodiscard]] Outcome faulty_outcome(const World& world, Time now, const Fault& fault);

} // namespace crier::sandbox
