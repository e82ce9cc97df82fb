#include "core/schedule/calendar.hpp"

#include <algorithm>

namespace crier::schedule {
namespace {

constexpr auto farthest = std::chrono::days{366 * 41};

/// The next moment that any of the rules yields.
std::optional<Instant> candidate_after(const Calendar& calendar, const Zone& zone, Instant after) {
    std::optional<Instant> first;
    for (const Rule& rule : calendar.rules)
        if (const auto next = next_after(rule, zone, after); next && (!first || *next < *first))
            first = next;
    return first;
}

/// The begin of the first day after `day` that is admitted.
std::optional<Instant> next_admitted(const Calendar& calendar, const Zone& zone, LocalDay day) {
    for (const LocalDay last = day + farthest; day < last;)
        if (calendar.admits(day += std::chrono::days{1}))
            return zone.to_instant(day).first;
    return std::nullopt;
}

} // namespace

bool Calendar::one_off() const {
    return std::all_of(rules.begin(), rules.end(),
                       [](const Rule& rule) { return std::holds_alternative<At>(rule); });
}

bool Calendar::admits(LocalDay day) const {
    return weekdays[std::chrono::weekday{day}.c_encoding()] && (only.empty() || only.contains(day)) &&
           !except.contains(day);
}

std::optional<Instant> next_after(const Calendar& calendar, const Zone& zone, Instant after) {
    if (calendar.start)
        after = std::max(after, *calendar.start - Duration{1});
    std::optional<Instant> limit; // counted from the first that the rules have: a list may begin far away
    const bool every_day = calendar.weekdays.all() && calendar.only.empty() && calendar.except.empty();
    while (const auto next = candidate_after(calendar, zone, after)) {
        if (!limit)
            limit = *next < Instant::max() - farthest ? *next + farthest : Instant::max();
        if (*next > *limit || (calendar.until && *next > *calendar.until))
            return std::nullopt;
        after = *next;
        if (!every_day) {
            const auto day = std::chrono::floor<std::chrono::days>(zone.to_local(*next));
            if (!calendar.admits(day)) {
                const auto begin = next_admitted(calendar, zone, day);
                if (!begin)
                    return std::nullopt;
                after = std::max(after, *begin - Duration{1});
                continue;
            }
        }
        if (!std::binary_search(calendar.except_at.begin(), calendar.except_at.end(), *next))
            return next;
    }
    return std::nullopt;
}

/// Steps back in growing strides until something fires in between, then halves what is left.
std::optional<Instant> last_until(const Calendar& calendar, const Zone& zone, Instant since, Instant at) {
    const auto fires = [&](Instant after) -> std::optional<Instant> {
        const auto found = next_after(calendar, zone, after);
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

bool fires_at(const Calendar& calendar, const Zone& zone, Instant when) {
    return next_after(calendar, zone, when - Duration{1}) == when;
}

std::optional<Instant> last_of(const Calendar& calendar, const Zone& zone, int count) {
    std::optional<Instant> last;
    Instant after = calendar.start.value_or(Instant{}) - Duration{1};
    for (int i = 0; i < count; ++i) {
        last = next_after(calendar, zone, after);
        if (!last)
            return std::nullopt;
        after = *last;
    }
    return last;
}

} // namespace crier::schedule
