#include "core/rates/quiet.hpp"

#include "core/schedule/zone.hpp"

namespace crier::rates {

std::optional<Instant> quiet_until(const QuietHours& quiet, Instant when) {
    using std::chrono::days;
    using std::chrono::floor;
    const schedule::Zone zone = schedule::Zone::find_or_utc(quiet.timezone);
    const schedule::LocalTime local = zone.to_local(when);
    const auto midnight = floor<days>(local);
    const auto time_of_day = local - midnight;
    const bool over_midnight = quiet.from >= quiet.to;
    const bool evening = time_of_day >= quiet.from && (over_midnight || time_of_day < quiet.to);
    const bool morning = over_midnight && time_of_day < quiet.to;
    if (!evening && !morning)
        return std::nullopt;
    const bool next_day = evening && over_midnight;
    const schedule::LocalInfo end = zone.to_instant(midnight + (next_day ? days{1} : days{0}) + quiet.to);
    // Where the hour of the end comes twice, its second time ends what the clock has been put back into.
    return end.first > when ? end.first : end.second;
}

Instant after_quiet(const Limits& limits, Instant when) {
    // Twice at most: an end that the clock is put back behind lies in quiet hours again.
    for (int i = 0; i < 2 && limits.quiet; ++i) {
        const auto end = quiet_until(*limits.quiet, when);
        if (!end)
            break;
        when = *end;
    }
    return when;
}

} // namespace crier::rates
