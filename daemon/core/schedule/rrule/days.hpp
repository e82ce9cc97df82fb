#pragma once

#include "core/schedule/rrule/rrule.hpp"
#include "core/schedule/rrule/span.hpp"

#include <optional>
#include <vector>

namespace crier::schedule {

/// The first day in [from, until) that the BYMONTH, BYMONTHDAY, BYYEARDAY, BYWEEKNO and BYDAY of a rule all
/// name, whatever its interval.
///
/// RFC 5545, 3.3.10 has a table of which of these parts "expands" and which "limits" at which frequency. All
/// of it comes to this: a day is of the rule when it is of each part. The frequency matters only to what a
/// weekday's number counts in, a month or a year.
[[nodiscard]] std::optional<std::chrono::local_days> next_day(const Rrule& rule, std::chrono::local_days from,
                                                              std::chrono::local_days until);

/// All such days of a period.
[[nodiscard]] std::vector<std::chrono::local_days> days_in(const Rrule& rule, const DaySpan& period);

} // namespace crier::schedule
