#pragma once

#include "core/schedule/rrule/rrule.hpp"

namespace crier::schedule {

/// What each part allows by itself, and the frequency or another part does not. Takes a rule as it is
/// written, without what its start says.
[[nodiscard]] std::optional<Failure> check_parts(const Rrule& rule);

} // namespace crier::schedule
