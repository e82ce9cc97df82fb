#include "core/schedule/spread.hpp"

#include "core/digest.hpp"

namespace crier::schedule {
namespace {

using std::chrono::seconds;

/// Which moment of its share chance gives to a post. What posts know their occurrences by depends on it: it
/// stays as it is.
seconds chance(const Spread& spread, std::chrono::local_days day, int post, seconds share) {
    const Digest digest = Digester{}
                              .field("spread")
                              .field(spread.seed)
                              .field(day.time_since_epoch().count())
                              .field(std::int64_t{post})
                              .finish();
    return seconds{
        static_cast<std::int64_t>(std::hash<Digest>{}(digest) % static_cast<std::uint64_t>(share.count()))};
}

/// Of a spread at random.
seconds share_of(const Spread& spread) {
    return seconds{spread.length()} / spread.posts;
}

/// After `from` of that day.
seconds delay_of(const Spread& spread, std::chrono::local_days day, int post) {
    const seconds length = spread.length();
    if (spread.random)
        return share_of(spread) * post + chance(spread, day, post, share_of(spread));
    if (spread.posts == 1)
        return seconds{0};
    // Whole minutes: nobody means 09:47:13.
    return std::chrono::floor<std::chrono::minutes>(length * post / (spread.posts - 1));
}

} // namespace

std::chrono::minutes Spread::length() const {
    return to > from ? to - from : to - from + std::chrono::hours{24};
}

std::optional<Instant> spread_after(const Spread& spread, const Zone& zone, Instant after) {
    // What began yesterday may reach into today; and every day has its own.
    const auto today = std::chrono::floor<std::chrono::days>(zone.to_local(after));
    for (auto day = today - std::chrono::days{1}; day <= today + std::chrono::days{2};
         day += std::chrono::days{1})
        for (int post = 0; post < spread.posts; ++post) {
            // Chance costs more than all the rest: it is not asked of shares that are over.
            if (spread.random &&
                zone.to_instant(day + spread.from + share_of(spread) * (post + 1)).first <= after)
                continue;
            const Instant when = zone.to_instant(day + spread.from + delay_of(spread, day, post)).first;
            if (when > after)
                return when;
        }
    return std::nullopt;
}

} // namespace crier::schedule
