#include "core/schedule/upcoming.hpp"

#include <algorithm>

namespace crier::schedule {
namespace {

constexpr auto farthest_limits = std::chrono::days{366};

/// Of all entries together.
constexpr std::size_t most_firings = 200'000;

/// The moment of the `count`-th firing after `now`, or of the last; nothing when it fires no more.
std::optional<Instant> nth_firing(const EntrySettings& entry, Instant now, int count) {
    std::optional<Instant> last;
    each_firing(entry.when, Zone::find_or_utc(entry.timezone), now, Instant::max(), [&](Instant when) {
        last = when;
        return --count > 0;
    });
    return last;
}

/// Until when no entry fires more often than its share: one that fires each second must not take all the
/// memory that there is, or minutes.
Instant computable_until(const Settings& settings, Instant now, Instant until) {
    const std::size_t share = std::max<std::size_t>(most_firings / settings.schedule.size(), 1);
    for (const EntrySettings& entry : settings.schedule) {
        std::size_t left = share;
        each_firing(entry.when, Zone::find_or_utc(entry.timezone), now, until, [&](Instant when) {
            if (--left > 0)
                return true;
            until = when;
            return false;
        });
    }
    return until;
}

} // namespace

std::vector<Upcoming> upcoming(const Settings& settings, const EntrySettings& entry,
                               const Forecast::TableOf& tables, Instant now, int count) {
    std::vector<Upcoming> found;
    const auto last = nth_firing(entry, now, count);
    if (!last)
        return found;
    Forecast own{settings, tables, now, *last + Duration{1}, &entry};
    Instant until = *last;
    while (const auto foreseen = own.next()) {
        until = std::max(until, foreseen->due.value_or(until));
        const bool alone = foreseen->leaves && settings.schedule.size() > 1;
        found.push_back({*foreseen, alone});
    }
    until = computable_until(settings, now, std::min(until + Duration{1}, now + farthest_limits));
    Forecast all{settings, tables, now, until};
    auto left = std::count_if(found.begin(), found.end(), [](const Upcoming& one) { return one.alone; });
    while (left > 0) {
        const auto foreseen = all.next();
        if (!foreseen)
            break;
        if (foreseen->entry != &entry || !foreseen->due)
            continue;
        const auto same = std::find_if(found.begin(), found.end(), [&](const Upcoming& one) {
            return one.alone && one.foreseen.nominal == foreseen->nominal &&
                   one.foreseen.target == foreseen->target;
        });
        if (same == found.end())
            continue;
        *same = {*foreseen, false};
        --left;
    }
    return found;
}

} // namespace crier::schedule
