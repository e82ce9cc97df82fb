#pragma once

#include "core/schedule/rrule/rrule.hpp"

#include <optional>

namespace crier::schedule {

/// The first occurrence of one rule at or after `from`, in local time, COUNT and UNTIL apart; nothing when
/// there is none within `rrule_horizon` or before `rrule_end`.
///
/// Which periods count (days, weeks, months; or hours, minutes, seconds) is computed, not stepped to, so it
/// does not matter how long ago the rule began.
[[nodiscard]] std::optional<LocalTime> rrule_at_or_after(const Rrule& rule, LocalTime from);

} // namespace crier::schedule
