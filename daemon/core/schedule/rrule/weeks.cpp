#include "core/schedule/rrule/weeks.hpp"

namespace crier::schedule {

using std::chrono::local_days;
using std::chrono::weekday;
using std::chrono::year;
using std::chrono::years;

local_days begin_of_week(local_days day, weekday week_start) {
    return day - (weekday{day} - week_start);
}

DaySpan weeks_of(year year, weekday week_start) {
    const auto first = [&](std::chrono::year of) {
        return begin_of_week(local_days{of / std::chrono::January / 4}, week_start);
    };
    return {first(year), first(year + years{1})};
}

year week_year(local_days day, weekday week_start) {
    // The middle of a week is always in the year to which the week counts.
    constexpr std::chrono::days to_middle{3};
    return std::chrono::year_month_day{begin_of_week(day, week_start) + to_middle}.year();
}

} // namespace crier::schedule
