#pragma once

#include "core/schedule/rrule/span.hpp"

namespace crier::schedule {

/// The weeks of a year, whole ones: ISO 8601, but beginning with any weekday. The first is the one that holds
/// the 4 January, so the span may begin in the year before and end in the year after.
[[nodiscard]] DaySpan weeks_of(std::chrono::year year, std::chrono::weekday week_start);

/// The year to which the day's week counts.
[[nodiscard]] std::chrono::year week_year(std::chrono::local_days day, std::chrono::weekday week_start);

/// The first day of the day's week.
[[nodiscard]] std::chrono::local_days begin_of_week(std::chrono::local_days day,
                                                    std::chrono::weekday week_start);

} // namespace crier::schedule
