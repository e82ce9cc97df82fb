#include "core/rates/quiet.hpp"

#include "core/schedule/zone/zone.hpp"

#include <algorithm>

namespace crier::rates {
namespace {

using std::chrono::floor;

constexpr Duration farthest_end = std::chrono::days{366 * 10};

std::optional<Instant> end_of_hours(const QuietHours& quiet, Instant when) {
    const schedule::Zone zone = schedule::Zone::find_or_utc(quiet.timezone);
    const schedule::LocalTime local = zone.to_local(when);
    const auto midnight = floor<std::chrono::days>(local);
    const auto time_of_day = local - midnight;
    const bool over_midnight = quiet.from >= quiet.to;
    const bool evening = time_of_day >= quiet.from && (over_midnight || time_of_day < quiet.to);
    const bool morning = over_midnight && time_of_day < quiet.to;
    if (!evening && !morning)
        return std::nullopt;
    const bool next_day = evening && over_midnight;
    const schedule::LocalInfo end =
        zone.to_instant(midnight + (next_day ? std::chrono::days{1} : std::chrono::days{0}) + quiet.to);
    // Where the hour of the end comes twice, its second time ends what the clock has been put back into.
    return end.first > when ? end.first : end.second;
}

std::optional<Instant> end_of_blackout(const QuietTimes& quiet, Instant when) {
    if (quiet.blackout.empty())
        return std::nullopt;
    const schedule::Zone zone = schedule::Zone::find_or_utc(quiet.timezone);
    const auto today = floor<std::chrono::days>(zone.to_local(when));
    if (!quiet.blackout.contains(today))
        return std::nullopt;
    return std::max(zone.to_instant(today + std::chrono::days{1}).first, when + Duration{1});
}

} // namespace

std::optional<Instant> quiet_until(const QuietTimes& quiet, Instant when) {
    std::optional<Instant> end;
    for (Instant at = when; at - when < farthest_end; at = *end) {
        std::optional<Instant> next = end_of_blackout(quiet, at);
        if (quiet.hours)
            if (const auto hours = end_of_hours(*quiet.hours, at))
                next = std::max(next.value_or(*hours), *hours);
        if (!next)
            break;
        end = next;
        if (quiet.blackout.empty())
            break;
    }
    return end;
}

Instant after_quiet(const QuietTimes& quiet, Instant when) {
    // Twice at most: an end that the clock is put back behind lies in quiet hours again.
    for (int i = 0; i < 2; ++i) {
        const auto end = quiet_until(quiet, when);
        if (!end)
            break;
        when = *end;
    }
    return when;
}

} // namespace crier::rates
