#include "calendar/periods.hpp"

#include "calendar/rule_days.hpp"

namespace crier::calendar {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::months;
using std::chrono::weekday;
using std::chrono::weeks;
using std::chrono::year;
using std::chrono::year_month_day;

namespace {

/// A week that begins as the rule says; the others are counted from it.
local_days week_zero(const Rule& rule) {
    return local_days{} - (weekday{local_days{}} - rule.week_start);
}

constexpr std::chrono::year_month month_zero = year{1970} / 1;

} // namespace

std::int64_t period_of(const Rule& rule, local_days day) {
    const year_month_day date{day};
    switch (rule.every) {
    case Rule::Every::year:
        return static_cast<int>(rule.weeks.empty() ? date.year() : year_of_week(day, rule.week_start));
    case Rule::Every::month:
        return (date.year() / date.month() - month_zero).count();
    case Rule::Every::week:
        return std::chrono::floor<weeks>(day - week_zero(rule)).count();
    default:
        return day.time_since_epoch().count();
    }
}

local_days begin_of(const Rule& rule, std::int64_t period) {
    switch (rule.every) {
    case Rule::Every::year: {
        const year of{static_cast<int>(period)};
        return rule.weeks.empty() ? local_days{of / 1 / 1} : first_week(of, rule.week_start);
    }
    case Rule::Every::month:
        return local_days{(month_zero + months{period}) / 1};
    case Rule::Every::week:
        return week_zero(rule) + weeks{period};
    default:
        return local_days{days{period}};
    }
}

} // namespace crier::calendar
