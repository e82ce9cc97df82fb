#include "core/schedule/rrule/check.hpp"

#include <algorithm>
#include <string>

namespace crier::schedule {
namespace {

using Frequency = Rrule::Frequency;
using CheckProblem = std::optional<Failure>;

/// By frequency: an interval longer than the search looks ahead would be a single date in disguise.
constexpr int most_interval[] = {1'000'000'000, 20'000'000, 300'000, 14'000, 2'000, 480, 40};

Failure not_together(std::string what, std::string hint = {}) {
    return {Cause::config, std::move(what), std::move(hint)};
}

std::string name_of(Frequency frequency) {
    return std::string{Rrule::frequency_names[static_cast<std::size_t>(frequency)]};
}

CheckProblem check_span(const Rrule& rule) {
    const int longest = most_interval[static_cast<std::size_t>(rule.frequency)];
    if (rule.interval > longest)
        return not_together("INTERVAL=" + std::to_string(rule.interval) + " is more than " +
                                std::to_string(longest) + " for " + name_of(rule.frequency),
                            "single dates are `at:`");
    if (rule.count && (rule.until_instant || rule.until_local))
        return not_together("COUNT and UNTIL exclude each other", "leave one out");
    return std::nullopt;
}

CheckProblem check_days(const Rrule& rule) {
    const Frequency freq = rule.frequency;
    if (!rule.week_nos.empty() && freq != Frequency::yearly)
        return not_together("BYWEEKNO goes with FREQ=YEARLY only");
    if (!rule.month_days.empty() && freq == Frequency::weekly)
        return not_together("BYMONTHDAY does not go with FREQ=WEEKLY",
                            "FREQ=DAILY or FREQ=MONTHLY may have both BYMONTHDAY and BYDAY");
    if (!rule.year_days.empty() && freq >= Frequency::daily && freq != Frequency::yearly)
        return not_together("BYYEARDAY does not go with FREQ=" + name_of(freq), "it goes with FREQ=YEARLY");
    return std::nullopt;
}

CheckProblem check_numbered_weekdays(const Rrule& rule) {
    int farthest = 0;
    for (const NthWeekday& day : rule.weekdays)
        farthest = std::max(farthest, std::abs(day.nth));
    if (farthest == 0)
        return std::nullopt;
    if (rule.frequency < Frequency::monthly)
        return not_together("BYDAY with a number does not go with FREQ=" + name_of(rule.frequency),
                            "the second Tuesday of a month is FREQ=MONTHLY;BYDAY=2TU");
    if (!rule.week_nos.empty())
        return not_together("BYDAY with a number does not go with BYWEEKNO", "a week has each weekday once");
    if (farthest > 5 && rule.counts_in_month())
        return not_together("BYDAY: a month has no " + std::to_string(farthest) + " of a weekday",
                            "in a month the number goes up to 5");
    return std::nullopt;
}

CheckProblem check_positions(const Rrule& rule) {
    const auto lists = {&rule.months, &rule.week_nos, &rule.year_days, &rule.month_days,
                        &rule.hours,  &rule.minutes,  &rule.seconds};
    const bool other = !rule.weekdays.empty() || std::any_of(lists.begin(), lists.end(),
                                                             [](const auto* list) { return !list->empty(); });
    if (!rule.positions.empty() && !other)
        return not_together(
            "BYSETPOS needs another part that begins with BY",
            "the last working day of a month is FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1");
    return std::nullopt;
}

} // namespace

std::optional<Failure> check_parts(const Rrule& rule) {
    for (const auto check : {check_span, check_days, check_numbered_weekdays, check_positions})
        if (auto problem = check(rule))
            return problem;
    return std::nullopt;
}

} // namespace crier::schedule
