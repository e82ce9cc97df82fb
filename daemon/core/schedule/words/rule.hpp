#pragma once

#include "core/schedule/rule.hpp"

#include <string>

namespace crier::schedule {

/// When a rule fires, to be read behind "it fires": "every 2 days at 09:00". Of a recurrence rule of a
/// calendar its own text, for no other says all of it. `zone`: of the moments of an `at`.
[[nodiscard]] std::string rule_words(const Rule& rule, const Zone& zone);

/// Do the times in its words mean the clocks of the entry's zone? Steps of elapsed time are said in UTC.
[[nodiscard]] bool goes_by_clock(const Rule& rule);

} // namespace crier::schedule
