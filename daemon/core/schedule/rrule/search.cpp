#include "core/schedule/rrule/search.hpp"

#include "core/schedule/rrule/days.hpp"
#include "core/schedule/rrule/instances.hpp"
#include "core/schedule/rrule/periods.hpp"
#include "core/schedule/rrule/units.hpp"

#include <algorithm>

namespace crier::schedule {
namespace {

using std::chrono::days;
using std::chrono::local_days;

/// For rules by the day, week, month or year.
std::optional<LocalTime> by_days(const Rrule& rule, LocalTime from, local_days until) {
    const DayTimes times{rule.hours, rule.minutes, rule.seconds};
    const std::int64_t origin = DayPeriod::of(rule, std::chrono::floor<days>(rule.start)).index;
    const bool whole = !rule.positions.empty(); // positions count from the period's begin
    std::vector<local_days> named;
    for (local_days day = std::chrono::floor<days>(from); day < until;) {
        const DayPeriod period = DayPeriod::of(rule, day);
        if (const std::int64_t past = (period.index - origin) % rule.interval; past != 0) {
            day = DayPeriod::at(rule, period.index + rule.interval - past).span.begin;
            continue;
        }
        const auto next = next_day(rule, day, until);
        if (!next)
            return std::nullopt;
        if (!period.span.holds(*next)) {
            day = *next; // over all periods that have no day
            continue;
        }
        if (whole)
            named = days_in(rule, period.span);
        else
            named.assign(1, *next);
        if (const auto time = Instances{named, times, rule.positions}.at_or_after(from))
            return time;
        day = whole ? period.span.end : *next + days{1};
    }
    return std::nullopt;
}

} // namespace

std::optional<LocalTime> rrule_at_or_after(const Rrule& rule, LocalTime from) {
    from = std::max(from, rule.start);
    const auto until = std::min(std::chrono::floor<days>(from) + rrule_horizon, rrule_end);
    return rule.frequency < Rrule::Frequency::daily ? by_units(rule, from, until)
                                                    : by_days(rule, from, until);
}

} // namespace crier::schedule
