#include "core/schedule/rule.hpp"

#include "core/schedule/cron_search.hpp"

#include <algorithm>

namespace crier::schedule {
namespace {

/// The last firing at or before `at`.
std::optional<Instant> last_of(const Every& every, Instant at) {
    if (every.period <= Duration::zero())
        return std::nullopt;
    const Duration offset = every.offset % every.period;
    Duration since = (at.time_since_epoch() - offset) % every.period;
    if (since < Duration::zero())
        since += every.period;
    return at - since;
}

struct NextAfter {
    const Zone& zone;
    Instant after;

    std::optional<Instant> operator()(const Cron& cron) const { return cron_after(cron, zone, after); }

    std::optional<Instant> operator()(const Every& every) const {
        const auto last = last_of(every, after);
        if (!last || *last > Instant::max() - every.period)
            return std::nullopt;
        return *last + every.period;
    }

    std::optional<Instant> operator()(const At& at) const {
        const auto found = std::upper_bound(at.instants.begin(), at.instants.end(), after);
        return found == at.instants.end() ? std::nullopt : std::optional{*found};
    }
};

struct LastUntil {
    const Zone& zone;
    Instant since;
    Instant at;

    /// Steps back in growing strides until something fires in between, then halves what is left: a few dozen
    /// searches, however often it fires and however long ago `since` is.
    std::optional<Instant> operator()(const Cron& cron) const {
        const auto fires = [&](Instant after) -> std::optional<Instant> {
            const auto found = cron_after(cron, zone, after);
            return found && *found <= at ? found : std::nullopt;
        };
        auto best = fires(since);
        if (!best)
            return std::nullopt;
        Instant quiet_from = at; // nothing fires in (quiet_from, at]
        for (Duration stride = std::chrono::seconds{1}; at - since > stride; stride *= 2) {
            if (const auto found = fires(at - stride)) {
                best = found;
                break;
            }
            quiet_from = at - stride;
        }
        while (*best < quiet_from) {
            const Instant middle = *best + (quiet_from - *best) / 2;
            if (const auto found = fires(middle))
                best = found;
            else
                quiet_from = middle;
        }
        return best;
    }

    std::optional<Instant> operator()(const Every& every) const {
        const auto last = last_of(every, at);
        return last && *last > since ? last : std::nullopt;
    }

    std::optional<Instant> operator()(const At& list) const {
        const auto end = std::upper_bound(list.instants.begin(), list.instants.end(), at);
        if (end == list.instants.begin() || *(end - 1) <= since)
            return std::nullopt;
        return *(end - 1);
    }
};

} // namespace

std::optional<Instant> next_after(const Rule& rule, const Zone& zone, Instant after) {
    return std::visit(NextAfter{zone, after}, rule);
}

std::optional<Instant> last_until(const Rule& rule, const Zone& zone, Instant since, Instant at) {
    return std::visit(LastUntil{zone, since, at}, rule);
}

} // namespace crier::schedule
