#pragma once

#include "core/schedule/rrule/rrule.hpp"
#include "core/schedule/rrule/span.hpp"

#include <cstdint>

namespace crier::schedule {

/// What INTERVAL counts in rules by the day and above: a day, week, month or year. Neighbours differ by one
/// in their index.
///
/// A year of a rule with BYWEEKNO has its weeks, not its days: else INTERVAL would tear week 1 apart.
struct DayPeriod {
    std::int64_t index;
    DaySpan span;

    [[nodiscard]] static DayPeriod at(const Rrule& rule, std::int64_t index);
    [[nodiscard]] static DayPeriod of(const Rrule& rule, std::chrono::local_days day);
};

} // namespace crier::schedule
