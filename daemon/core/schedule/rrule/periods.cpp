#include "core/schedule/rrule/periods.hpp"

#include "core/floor_div.hpp"
#include "core/schedule/rrule/weeks.hpp"

namespace crier::schedule {
namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::months;
using std::chrono::weeks;
using std::chrono::year;
using std::chrono::year_month_day;

using Frequency = Rrule::Frequency;

constexpr std::chrono::year_month month_zero = year{1970} / std::chrono::January;

} // namespace

DayPeriod DayPeriod::at(const Rrule& rule, std::int64_t index) {
    switch (rule.frequency) {
    case Frequency::weekly: {
        const local_days begin = begin_of_week(local_days{}, rule.week_start) + weeks{index};
        return {index, {begin, begin + weeks{1}}};
    }
    case Frequency::monthly: {
        const auto month = month_zero + months{index};
        return {index, {local_days{month / 1}, local_days{(month + months{1}) / 1}}};
    }
    case Frequency::yearly: {
        const year of{static_cast<int>(index)};
        if (!rule.week_nos.empty())
            return {index, weeks_of(of, rule.week_start)};
        return {index, {local_days{of / 1 / 1}, local_days{(of + std::chrono::years{1}) / 1 / 1}}};
    }
    default:
        return {index, {local_days{days{index}}, local_days{days{index + 1}}}};
    }
}

DayPeriod DayPeriod::of(const Rrule& rule, local_days day) {
    switch (rule.frequency) {
    case Frequency::weekly:
        return at(rule, floor_div((day - begin_of_week(local_days{}, rule.week_start)).count(), 7));
    case Frequency::monthly: {
        const year_month_day date{day};
        return at(rule, (date.year() / date.month() - month_zero).count());
    }
    case Frequency::yearly: {
        const bool by_weeks = !rule.week_nos.empty();
        return at(rule,
                  static_cast<int>(by_weeks ? week_year(day, rule.week_start) : year_month_day{day}.year()));
    }
    default:
        return at(rule, day.time_since_epoch().count());
    }
}

} // namespace crier::schedule
