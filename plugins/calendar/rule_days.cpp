#include "calendar/rule_days.hpp"

#include <algorithm>

namespace crier::calendar {
namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::weekday;
using std::chrono::year;
using std::chrono::year_month_day;
using std::chrono::years;

/// A day's place in a span: the first is 1 and -length.
struct Place {
    Place(local_days begin, local_days end, local_days day)
        : number(static_cast<int>((day - begin).count()) + 1)
        , from_end(static_cast<int>((day - end).count())) {}

    [[nodiscard]] bool listed(const std::vector<int>& list) const {
        return std::binary_search(list.begin(), list.end(), number) ||
               std::binary_search(list.begin(), list.end(), from_end);
    }
    /// Whether a weekday that stands here is the nth of its kind.
    [[nodiscard]] bool is_nth(int nth) const {
        return nth == 0 || (nth > 0 ? (number - 1) / 7 + 1 == nth : (from_end + 1) / 7 - 1 == nth);
    }

    int number;
    int from_end;
};

Place in_month(const year_month_day& date, local_days day) {
    const auto month = date.year() / date.month();
    return {local_days{month / 1}, local_days{(month + std::chrono::months{1}) / 1}, day};
}

Place in_year(const year_month_day& date, local_days day) {
    return {local_days{date.year() / 1 / 1}, local_days{(date.year() + years{1}) / 1 / 1}, day};
}

bool names_week(const Rule& rule, local_days day) {
    const year of = year_of_week(day, rule.week_start);
    const local_days begin = first_week(of, rule.week_start);
    const local_days end = first_week(of + years{1}, rule.week_start);
    const auto number = static_cast<int>((day - begin).count() / 7) + 1;
    const auto count = static_cast<int>((end - begin).count() / 7);
    return std::binary_search(rule.weeks.begin(), rule.weeks.end(), number) ||
           std::binary_search(rule.weeks.begin(), rule.weeks.end(), number - count - 1);
}

bool names_weekday(const Rule& rule, const year_month_day& date, local_days day) {
    const bool numbered =
        rule.weeks.empty() && (rule.every == Rule::Every::month || rule.every == Rule::Every::year);
    const bool by_month = rule.every == Rule::Every::month || !rule.months.empty();
    const Place place = by_month ? in_month(date, day) : in_year(date, day);
    return std::any_of(rule.weekdays.begin(), rule.weekdays.end(), [&](const NthDay& one) {
        return one.day == weekday{day} && (!numbered || place.is_nth(one.nth));
    });
}

} // namespace

local_days first_week(year year, weekday week_start) {
    const local_days in_it{year / 1 / 4};
    return in_it - (weekday{in_it} - week_start);
}

year year_of_week(local_days day, weekday week_start) {
    // The fourth day of a week is in the year to which it counts.
    return year_month_day{day - (weekday{day} - week_start) + days{3}}.year();
}

Rule completed(Rule rule, local_days start) {
    if (!rule.month_days.empty() || !rule.year_days.empty() || !rule.weekdays.empty())
        return rule;
    const year_month_day date{start};
    if (rule.every == Rule::Every::week || (rule.every == Rule::Every::year && !rule.weeks.empty())) {
        rule.weekdays.push_back({weekday{start}, 0});
    } else if (rule.every == Rule::Every::month || rule.every == Rule::Every::year) {
        rule.month_days.push_back(static_cast<int>(static_cast<unsigned>(date.day())));
        if (rule.every == Rule::Every::year && rule.months.empty())
            rule.months.push_back(static_cast<int>(static_cast<unsigned>(date.month())));
    }
    return rule;
}

bool names_day(const Rule& rule, local_days day) {
    const year_month_day date{day};
    const auto month = static_cast<int>(static_cast<unsigned>(date.month()));
    return (rule.months.empty() || std::binary_search(rule.months.begin(), rule.months.end(), month)) &&
           (rule.month_days.empty() || in_month(date, day).listed(rule.month_days)) &&
           (rule.year_days.empty() || in_year(date, day).listed(rule.year_days)) &&
           (rule.weeks.empty() || names_week(rule, day)) &&
           (rule.weekdays.empty() || names_weekday(rule, date, day));
}

} // namespace crier::calendar
