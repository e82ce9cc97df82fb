#pragma once

#include "calendar/values.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crier::calendar {

/// Which weekday, and which one of the month or year: 2TU, -1FR; 0: each.
struct NthDay {
    std::chrono::weekday day;
    int nth = 0;
};

/// An RRULE as it is written (RFC 5545, 3.3.10), its lists sorted.
struct Rule {
    enum class Every { second, minute, hour, day, week, month, year };

    Every every = Every::day;
    std::int64_t interval = 1;
    std::int64_t count = 0; ///< 0: without
    std::optional<When> until;
    std::chrono::weekday week_start = std::chrono::Monday;
    std::vector<int> months;
    std::vector<int> weeks; ///< below zero: from the year's end
    std::vector<int> year_days;
    std::vector<int> month_days;
    std::vector<NthDay> weekdays;
    std::vector<int> hours;
    std::vector<int> minutes;
    std::vector<int> seconds;
    std::vector<int> positions; ///< BYSETPOS
};

/// Reads "FREQ=MONTHLY;BYDAY=2TU". Nothing: `trouble` says which part is not understood.
[[nodiscard]] std::optional<Rule> read_rule(std::string_view value, std::string& trouble);

} // namespace crier::calendar
