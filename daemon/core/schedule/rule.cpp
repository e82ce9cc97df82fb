#include "core/schedule/rule.hpp"

#include "core/floor_div.hpp"
#include "core/schedule/cron/search.hpp"

#include <algorithm>

namespace crier::schedule {
namespace {

std::optional<Instant> every_after(const Every& every, const Zone& zone, Instant after) {
    if (every.period <= Duration::zero())
        return std::nullopt;
    const Duration offset = every.offset % every.period;
    const auto periods_until = [&](Duration moment) {
        return floor_div((moment - offset).count(), every.period.count());
    };
    if (!every.by_calendar()) {
        const std::int64_t count = periods_until(after.time_since_epoch());
        const Instant last{offset + every.period * count};
        return last > Instant::max() - every.period ? std::nullopt : std::optional{last + every.period};
    }
    const auto to_second = [](Duration duration) {
        return std::chrono::floor<std::chrono::seconds>(duration);
    };
    const Duration local = zone.to_local(after).time_since_epoch();
    // Where the clock is put back, the step that the local time seems to lie behind has been.
    for (std::int64_t count = periods_until(local);; ++count) {
        const LocalTime when{to_second(offset + every.period * count)};
        if (const Instant found = zone.to_instant(when).first; found > after)
            return found;
    }
}

struct NextAfter {
    const Zone& zone;
    Instant after;

    std::optional<Instant> operator()(const Cron& cron) const { return cron_after(cron, zone, after); }
    std::optional<Instant> operator()(const Every& every) const { return every_after(every, zone, after); }
    std::optional<Instant> operator()(const Spread& spread) const {
        return spread_after(spread, zone, after);
    }

    std::optional<Instant> operator()(const Recurrence& recurrence) const {
        return recurrence_after(recurrence, zone, after);
    }

    std::optional<Instant> operator()(const At& at) const {
        const auto found = std::upper_bound(at.instants.begin(), at.instants.end(), after);
        return found == at.instants.end() ? std::nullopt : std::optional{*found};
    }
};

} // namespace

std::optional<Instant> next_after(const Rule& rule, const Zone& zone, Instant after) {
    return std::visit(NextAfter{zone, after}, rule);
}

} // namespace crier::schedule
