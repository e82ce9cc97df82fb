#include "core/schedule/cron_search.hpp"

#include <algorithm>

namespace crier::schedule {
namespace {

using std::chrono::days;
using std::chrono::seconds;
using std::chrono::sys_seconds;

constexpr auto search_span = days{366 * 30};
constexpr int none = -1;

/// The first member at or above `from`.
template <std::size_t N>
int next_in(const std::bitset<N>& set, int from) {
    if (from >= static_cast<int>(N))
        return none;
    const unsigned long long rest = set.to_ullong() >> static_cast<unsigned>(from);
    return rest == 0 ? none : from + __builtin_ctzll(rest);
}

bool day_matches(const Cron& cron, const std::chrono::year_month_day& date, std::chrono::local_days day) {
    const bool in_days = cron.days[static_cast<unsigned>(date.day())];
    const bool in_weekdays = cron.weekdays[std::chrono::weekday{day}.c_encoding()];
    return cron.days_star || cron.weekdays_star ? in_days && in_weekdays : in_days || in_weekdays;
}

/// The first matching time of day at or after `from`.
std::optional<seconds> time_of_day(const Cron& cron, seconds from) {
    const std::chrono::hh_mm_ss<seconds> clock{from};
    int hour = static_cast<int>(clock.hours().count());
    int minute = static_cast<int>(clock.minutes().count());
    int second = next_in(cron.seconds, static_cast<int>(clock.seconds().count()));
    if (second == none)
        ++minute;
    if (const int found = next_in(cron.minutes, minute); found != minute || second == none) {
        minute = found;
        second = next_in(cron.seconds, 0);
    }
    if (minute == none)
        ++hour;
    if (const int found = next_in(cron.hours, hour); found != hour || minute == none) {
        hour = found;
        minute = next_in(cron.minutes, 0);
        second = next_in(cron.seconds, 0);
    }
    if (hour == none)
        return std::nullopt;
    return std::chrono::hours{hour} + std::chrono::minutes{minute} + seconds{second};
}

/// The first local time in [from, until) that matches all fields. Goes from month to month, day to day and
/// set bit to set bit.
std::optional<LocalTime> next_local(const Cron& cron, LocalTime from, LocalTime until) {
    auto day = std::chrono::floor<days>(from);
    seconds start = from - day;
    while (day < until) {
        const std::chrono::year_month_day date{day};
        if (!cron.months[static_cast<unsigned>(date.month())]) {
            day = std::chrono::local_days{(date.year() / date.month() + std::chrono::months{1}) / 1};
            start = {};
            continue;
        }
        if (day_matches(cron, date, day)) {
            if (const auto time = time_of_day(cron, start)) {
                const LocalTime found = day + *time;
                return found < until ? std::optional{found} : std::nullopt;
            }
        }
        day += days{1};
        start = {};
    }
    return std::nullopt;
}

LocalTime local(sys_seconds when, seconds offset) {
    return LocalTime{(when + offset).time_since_epoch()};
}

sys_seconds utc(LocalTime when, seconds offset) {
    return sys_seconds{when.time_since_epoch() - offset};
}

/// A stretch with one offset, and the one that the clocks came from.
struct Stretch {
    Period period;
    seconds before{};

    /// How much local time was left out at its begin (negative: said twice).
    [[nodiscard]] seconds jump() const { return period.offset - before; }
};

/// Fixed hours: a time left out fires at the stretch's begin, a time said twice the first time only.
std::optional<sys_seconds> next_fixed(const Cron& cron, const Stretch& stretch, sys_seconds start,
                                      sys_seconds until) {
    const Period& period = stretch.period;
    if (stretch.jump() > seconds{0} && start == period.begin &&
        next_local(cron, local(start, stretch.before), local(start, period.offset)))
        return start;
    const LocalTime from =
        std::max(local(start, period.offset), local(period.begin, std::max(stretch.before, period.offset)));
    if (const auto found = next_local(cron, from, local(until, period.offset)))
        return utc(*found, period.offset);
    return std::nullopt;
}

/// `*` and `*/n` hours: every time that the clock shows counts, and for as long as a time left out would have
/// lasted the old clock counts as well. So the rhythm goes on over a change.
std::optional<sys_seconds> next_elapsed(const Cron& cron, const Stretch& stretch, sys_seconds start,
                                        sys_seconds until) {
    const Period& period = stretch.period;
    std::optional<sys_seconds> best;
    if (const auto found = next_local(cron, local(start, period.offset), local(until, period.offset)))
        best = utc(*found, period.offset);
    const sys_seconds old_clock_until = std::min(period.begin + stretch.jump(), until);
    if (start < old_clock_until)
        if (const auto found =
                next_local(cron, local(start, stretch.before), local(old_clock_until, stretch.before)))
            best = std::min(best.value_or(sys_seconds::max()), utc(*found, stretch.before));
    return best;
}

} // namespace

std::optional<Instant> cron_after(const Cron& cron, const Zone& zone, Instant after) {
    sys_seconds start = std::chrono::floor<seconds>(after) + seconds{1};
    const sys_seconds limit = start + search_span;
    while (start < limit) {
        Stretch stretch;
        stretch.period = zone.period(start);
        // What the clocks showed before matters only near the change.
        stretch.before = start - stretch.period.begin < days{2}
                             ? zone.period(stretch.period.begin - seconds{1}).offset
                             : stretch.period.offset;
        const sys_seconds until = std::min(stretch.period.end, limit);
        const auto found = cron.hours_star ? next_elapsed(cron, stretch, start, until)
                                           : next_fixed(cron, stretch, start, until);
        if (found)
            return *found;
        start = stretch.period.end;
    }
    return std::nullopt;
}

} // namespace crier::schedule
