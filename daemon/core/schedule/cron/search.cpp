#include "core/schedule/cron/search.hpp"

#include "core/schedule/cron/days.hpp"

#include <algorithm>

namespace crier::schedule {
namespace {

using std::chrono::days;
using std::chrono::seconds;
using std::chrono::sys_seconds;

/// Which days of a month fire depends on nothing but its length and its first weekday. A year of the same
/// kind comes again within 40 years at most (leap years, where 2100 and its like leave one out), so what has
/// not come then never does.
constexpr auto search_span = days{366 * 41};

/// Further than a zone's clocks are ever off UTC, and a day that a change left out on top.
constexpr auto widest_offset = days{2};

constexpr int none = -1;

/// The first member at or above `from`.
template <std::size_t N>
int next_in(const std::bitset<N>& set, int from) {
    if (from >= static_cast<int>(N))
        return none;
    const unsigned long long rest = set.to_ullong() >> static_cast<unsigned>(from);
    return rest == 0 ? none : from + __builtin_ctzll(rest);
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

/// The first local time in [from, until) that matches all fields.
std::optional<LocalTime> next_local(const Cron& cron, LocalTime from, LocalTime until) {
    const auto today = std::chrono::floor<days>(from);
    const auto end = std::chrono::ceil<days>(until);
    auto day = next_day(cron, today, end);
    std::optional<seconds> time;
    if (day == today) {
        time = time_of_day(cron, from - today);
        if (!time)
            day = next_day(cron, today + days{1}, end);
    }
    if (!time)
        time = time_of_day(cron, seconds{0});
    if (!day || *day + *time >= until)
        return std::nullopt;
    return *day + *time;
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

/// The first moment at or after `start` that may be one: days are known without the zone, and a rare one is
/// years of stretches away.
std::optional<sys_seconds> skip_idle_days(const Cron& cron, sys_seconds start, sys_seconds limit) {
    const auto as_local = [](sys_seconds when) {
        return std::chrono::local_days{std::chrono::floor<days>(when).time_since_epoch()};
    };
    const auto day = next_day(cron, as_local(start) - widest_offset, as_local(limit) + widest_offset);
    if (!day)
        return std::nullopt;
    return std::max<sys_seconds>(start, std::chrono::sys_days{(*day - widest_offset).time_since_epoch()});
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
        const auto next = skip_idle_days(cron, stretch.period.end, limit);
        if (!next)
            return std::nullopt;
        start = *next;
    }
    return std::nullopt;
}

} // namespace crier::schedule
