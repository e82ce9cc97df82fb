#pragma once

#include "calendar/rule.hpp"

namespace crier::calendar {

/// With what a rule leaves to its start written out: which day, when none is named.
[[nodiscard]] Rule completed(Rule rule, std::chrono::local_days start);

/// Whether the lists of a completed rule name this day; INTERVAL and positions apart.
[[nodiscard]] bool names_day(const Rule& rule, std::chrono::local_days day);

/// The first day of a year's first week, which is the one with the 4 January.
[[nodiscard]] std::chrono::local_days first_week(std::chrono::year year, std::chrono::weekday week_start);

/// The year to which the day's week counts.
[[nodiscard]] std::chrono::year year_of_week(std::chrono::local_days day, std::chrono::weekday week_start);

} // namespace crier::calendar
