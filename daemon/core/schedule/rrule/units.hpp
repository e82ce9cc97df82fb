#pragma once

#include "core/schedule/rrule/rrule.hpp"

#include <optional>

namespace crier::schedule {

/// For rules by the hour, minute or second: the first occurrence at or after `from` that is before `until`.
/// Takes long for rules that never_meet().
[[nodiscard]] std::optional<LocalTime> by_units(const Rrule& rule, LocalTime from,
                                                std::chrono::local_days until);

/// Whether INTERVAL passes over all that BYHOUR, BYMINUTE and BYSECOND name, on whatever day (every other
/// second, at second 1), or BYSETPOS over all that is in an hour, minute or second. False for rules by the
/// day and above.
[[nodiscard]] bool never_meets(const Rrule& rule);

} // namespace crier::schedule
