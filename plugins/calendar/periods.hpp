#pragma once

#include "calendar/rule.hpp"

namespace crier::calendar {

/// Of a rule by the day, week, month or year: its periods by number. With BYWEEKNO a year is one of whole
/// weeks.
[[nodiscard]] std::int64_t period_of(const Rule& rule, std::chrono::local_days day);

/// The day with which a period begins.
[[nodiscard]] std::chrono::local_days begin_of(const Rule& rule, std::int64_t period);

} // namespace crier::calendar
