#include "core/schedule/rrule/days.hpp"

#include "core/schedule/rrule/weeks.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>

namespace crier::schedule {
namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::months;
using std::chrono::weekday;
using std::chrono::weeks;
using std::chrono::year;
using std::chrono::year_month;
using std::chrono::years;

using MonthBits = std::uint32_t; ///< bit 0 is the first of the month

DaySpan span_of(year_month month) {
    return {local_days{month / 1}, local_days{(month + months{1}) / 1}};
}

DaySpan span_of(year year) {
    return {local_days{year / 1 / 1}, local_days{(year + years{1}) / 1 / 1}};
}

MonthBits bit_of(const DaySpan& month, local_days day) {
    return month.holds(day) ? MonthBits{1} << (day - month.begin).count() : 0;
}

/// The days of the month that have one of these numbers (ascending) in the span around it, from its begin or,
/// below zero, from its end.
MonthBits by_number(const DaySpan& month, const DaySpan& span, const std::vector<int>& numbers) {
    MonthBits bits = 0;
    // 1 is the day after the one, -1 the day before the other.
    for (const local_days zero : {span.begin - days{1}, span.end}) {
        const auto begin = static_cast<int>((month.begin - zero).count());
        const auto end = static_cast<int>((month.end - zero).count());
        auto number = std::lower_bound(numbers.begin(), numbers.end(), begin);
        for (; number != numbers.end() && *number < end; ++number)
            bits |= MonthBits{1} << (*number - begin);
    }
    return bits;
}

/// The numbers of weekdays count in the span around the month.
MonthBits by_weekday(const DaySpan& month, const DaySpan& span, const std::vector<NthWeekday>& weekdays) {
    constexpr MonthBits each_week = 1U | 1U << 7 | 1U << 14 | 1U << 21 | 1U << 28;
    const local_days last = span.end - days{1};
    MonthBits bits = 0;
    for (const auto& [day, nth] : weekdays) {
        if (nth == 0)
            bits |= each_week << (day - weekday{month.begin}).count();
        else if (nth > 0)
            bits |= bit_of(month, span.begin + (day - weekday{span.begin}) + weeks{nth - 1});
        else
            bits |= bit_of(month, last - (weekday{last} - day) + weeks{nth + 1});
    }
    return bits;
}

MonthBits by_week(const DaySpan& month, year_month name, const Rrule& rule) {
    MonthBits bits = 0;
    // January begins in the weeks of the year before, December ends in those of the year after.
    for (year of = name.year() - years{1}; of <= name.year() + years{1}; ++of) {
        const DaySpan span = weeks_of(of, rule.week_start);
        for (const int number : rule.week_nos) {
            const local_days begin = number > 0 ? span.begin + weeks{number - 1} : span.end + weeks{number};
            if (!span.holds(begin))
                continue; // the 53rd, or the first from the end of 53, of a year with 52
            for (local_days day = begin; day < begin + weeks{1}; day += days{1})
                bits |= bit_of(month, day);
        }
    }
    return bits;
}

MonthBits named_days(const Rrule& rule, year_month name, const DaySpan& month) {
    MonthBits bits = ~MonthBits{0} >> (32 - (month.end - month.begin).count());
    if (!rule.month_days.empty())
        bits &= by_number(month, month, rule.month_days);
    if (!rule.year_days.empty())
        bits &= by_number(month, span_of(name.year()), rule.year_days);
    if (!rule.weekdays.empty())
        bits &= by_weekday(month, rule.counts_in_month() ? month : span_of(name.year()), rule.weekdays);
    if (!rule.week_nos.empty())
        bits &= by_week(month, name, rule);
    return bits;
}

bool in_months(const Rrule& rule, year_month name) {
    const auto number = static_cast<int>(static_cast<unsigned>(name.month()));
    return rule.months.empty() || std::binary_search(rule.months.begin(), rule.months.end(), number);
}

/// The rest of a month, and which of its days are named; bit 0 is its first.
struct NamedDays {
    DaySpan rest;
    MonthBits bits;
};

/// Of the first month from `from` on that has any.
std::optional<NamedDays> next_named(const Rrule& rule, local_days from, local_days until) {
    const std::chrono::year_month_day date{from};
    for (year_month name{date.year(), date.month()}; from < until; name += months{1}) {
        if (!in_months(rule, name))
            continue;
        const DaySpan month = span_of(name);
        from = std::max(from, month.begin);
        if (const MonthBits bits = named_days(rule, name, month) >> (from - month.begin).count(); bits != 0)
            return NamedDays{{from, month.end}, bits};
        from = month.end;
    }
    return std::nullopt;
}

} // namespace

std::optional<local_days> next_day(const Rrule& rule, local_days from, local_days until) {
    const auto found = next_named(rule, from, until);
    if (!found)
        return std::nullopt;
    const local_days day = found->rest.begin + days{std::countr_zero(found->bits)};
    return day < until ? std::optional{day} : std::nullopt;
}

std::vector<local_days> days_in(const Rrule& rule, const DaySpan& period) {
    std::vector<local_days> all;
    auto found = next_named(rule, period.begin, period.end);
    for (; found; found = next_named(rule, found->rest.end, period.end))
        for (MonthBits bits = found->bits; bits != 0; bits &= bits - 1)
            if (const local_days day = found->rest.begin + days{std::countr_zero(bits)}; period.holds(day))
                all.push_back(day);
    return all;
}

} // namespace crier::schedule
