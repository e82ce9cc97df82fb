#pragma once

#include <chrono>

namespace crier::schedule {

/// Days in a row: a week, a month, a year, or the weeks of a year.
struct DaySpan {
    std::chrono::local_days begin;
    std::chrono::local_days end; ///< not in it

    [[nodiscard]] bool holds(std::chrono::local_days day) const { return begin <= day && day < end; }
};

} // namespace crier::schedule
