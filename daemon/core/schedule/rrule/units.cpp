#include "core/schedule/rrule/units.hpp"

#include "core/floor_div.hpp"
#include "core/schedule/rrule/days.hpp"
#include "core/schedule/rrule/instances.hpp"
#include "core/schedule/rrule/periods.hpp"

#include <algorithm>
#include <numeric>

namespace crier::schedule {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::local_days;
using std::chrono::minutes;
using std::chrono::seconds;

using Frequency = Rrule::Frequency;
using TimeOfDay = std::chrono::hh_mm_ss<seconds>;

seconds unit_of(Frequency frequency) {
    if (frequency == Frequency::hourly)
        return hours{1};
    return frequency == Frequency::minutely ? minutes{1} : seconds{1};
}

/// The units that count: the one of the start, and each `step` after it.
struct Rhythm {
    explicit Rhythm(const Rrule& rule)
        : unit(unit_of(rule.frequency))
        , step(rule.interval * unit)
        , origin(begin_of_unit(rule.start)) {}

    [[nodiscard]] LocalTime begin_of_unit(LocalTime time) const {
        return LocalTime{floor_div(time.time_since_epoch().count(), unit.count()) * unit};
    }
    /// The first that begins at or after it.
    [[nodiscard]] LocalTime at_or_after(LocalTime time) const {
        return origin - floor_div((origin - time).count(), step.count()) * step;
    }

    seconds unit;
    seconds step;
    LocalTime origin;
};

/// The first that is listed, at or after `value`; `end` when there is none.
int next_listed(const std::vector<int>& list, int value, int end) {
    if (list.empty())
        return value;
    const auto found = std::lower_bound(list.begin(), list.end(), value);
    return found == list.end() ? end : *found;
}

/// Where the hour is not of the rule (or the minute, or the second, as far as the frequency divides the day):
/// when the next one begins, at the latest with the next day, hour or minute. Nothing when the unit counts.
std::optional<seconds> passed_over(const Rrule& rule, const TimeOfDay& clock) {
    const auto hour = static_cast<int>(clock.hours().count());
    if (const int next = next_listed(rule.hours, hour, 24); next != hour)
        return hours{next};
    if (rule.frequency > Frequency::minutely)
        return std::nullopt;
    const auto minute = static_cast<int>(clock.minutes().count());
    if (const int next = next_listed(rule.minutes, minute, 60); next != minute)
        return clock.hours() + minutes{next};
    if (rule.frequency > Frequency::secondly)
        return std::nullopt;
    const auto second = static_cast<int>(clock.seconds().count());
    if (const int next = next_listed(rule.seconds, second, 60); next != second)
        return clock.hours() + clock.minutes() + seconds{next};
    return std::nullopt;
}

/// What of the unit that begins then is at or after `from`. A part that is as fine as the frequency or
/// coarser limits it (passed_over() has seen to that); the finer ones expand it.
std::optional<LocalTime> in_unit(const Rrule& rule, local_days day, const TimeOfDay& clock, LocalTime from) {
    const auto hour = static_cast<int>(clock.hours().count());
    const auto minute = static_cast<int>(clock.minutes().count());
    const auto second = static_cast<int>(clock.seconds().count());
    DayTimes times{{&hour, 1}, rule.minutes, rule.seconds};
    if (rule.frequency <= Frequency::minutely)
        times.minutes = {&minute, 1};
    if (rule.frequency == Frequency::secondly)
        times.seconds = {&second, 1};
    return Instances{{&day, 1}, times, rule.positions}.at_or_after(from);
}

/// The values of a part that limits the rule; without a list all that there are.
std::vector<int> limits_of(const std::vector<int>& list, int count) {
    if (!list.empty())
        return list;
    std::vector<int> all(static_cast<std::size_t>(count));
    std::iota(all.begin(), all.end(), 0);
    return all;
}

bool positions_never_meet(const Rrule& rule) {
    const std::size_t in_minute = rule.frequency == Frequency::secondly ? 1 : rule.seconds.size();
    const std::size_t size =
        rule.frequency <= Frequency::minutely ? in_minute : in_minute * rule.minutes.size();
    return !rule.positions.empty() &&
           std::all_of(rule.positions.begin(), rule.positions.end(),
                       [&](int position) { return static_cast<std::size_t>(std::abs(position)) > size; });
}

/// From one day to the next the rhythm is displaced by a multiple of what its step and a day have in common;
/// so it comes by those times of day alone that are multiples of this away from its begin.
bool rhythm_never_meets(const Rrule& rule) {
    const Rhythm rhythm{rule};
    const seconds common{std::gcd(rhythm.step.count(), seconds{days{1}}.count())};
    const auto of_hour = limits_of(rule.hours, 24);
    const auto of_minute =
        rule.frequency <= Frequency::minutely ? limits_of(rule.minutes, 60) : std::vector{0};
    const auto of_second =
        rule.frequency == Frequency::secondly ? limits_of(rule.seconds, 60) : std::vector{0};
    const DayTimes times{of_hour, of_minute, of_second};
    for (std::size_t i = 0; i < times.size(); ++i)
        if ((rhythm.origin.time_since_epoch() - times[i]) % common == seconds{0})
            return false;
    return true;
}

} // namespace

std::optional<LocalTime> by_units(const Rrule& rule, LocalTime from, local_days until) {
    const Rhythm rhythm{rule};
    LocalTime at = rhythm.at_or_after(rhythm.begin_of_unit(from));
    while (const auto day = next_day(rule, std::chrono::floor<days>(at), until)) {
        at = rhythm.at_or_after(std::max<LocalTime>(at, *day));
        while (at < *day + days{1}) {
            const TimeOfDay clock{at - *day};
            if (const auto over = passed_over(rule, clock)) {
                at = rhythm.at_or_after(*day + *over);
                continue;
            }
            if (const auto time = in_unit(rule, *day, clock, from))
                return time;
            at += rhythm.step;
        }
    }
    return std::nullopt;
}

bool never_meets(const Rrule& rule) {
    return rule.frequency < Frequency::daily && (positions_never_meet(rule) || rhythm_never_meets(rule));
}

} // namespace crier::schedule
