#include "core/schedule/catchup.hpp"

#include <algorithm>

namespace crier::schedule {
namespace {

/// How many occurrences of one outage are carried at all: more than any account could post.
constexpr std::size_t most_fired = 1000;
constexpr std::size_t most_listed = 20;

} // namespace

Duration latest_by(const MissedPolicy& policy) {
    return policy.policy == Missed::skip ? on_time : std::max(policy.within, on_time);
}

Due due_between(const Calendar& when, const Zone& zone, Instant after, Instant now,
                const MissedPolicy& policy) {
    Due due;
    const Instant horizon = std::max(after, now - latest_by(policy));

    if (after < horizon) {
        // `at` lists are short, so each is told; of a rule without end only the last before the horizon.
        if (const auto last = last_until(when, zone, after, horizon))
            due.missed.push_back(*last);
    }
    std::vector<Instant> candidates;
    for (auto next = next_after(when, zone, horizon); next && *next <= now;
         next = next_after(when, zone, *next)) {
        if (candidates.size() == most_fired) {
            candidates.erase(candidates.begin());
            ++due.earlier;
        }
        candidates.push_back(*next);
    }
    const bool any_on_time = !candidates.empty() && now - candidates.back() <= on_time;
    for (const Instant instant : candidates) {
        const bool prompt = now - instant <= on_time;
        const bool latest = policy.policy == Missed::latest && !any_on_time && instant == candidates.back();
        if (prompt || latest || policy.policy == Missed::all)
            due.fire.push_back(instant);
        else
            due.missed.push_back(instant);
    }
    if (due.missed.size() > most_listed) {
        const auto surplus = due.missed.size() - most_listed;
        due.missed.erase(due.missed.begin(), due.missed.begin() + static_cast<std::ptrdiff_t>(surplus));
        due.earlier += surplus;
    }
    return due;
}

} // namespace crier::schedule
