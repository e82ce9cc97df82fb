#include "engine/tally.hpp"

#include <chrono>

namespace crier::engine {
namespace {

using namespace std::chrono_literals;

// The last of each: there is a number for all.
static_assert(static_cast<int>(PostState::deleted) == 11 && static_cast<int>(Verdict::unknown) == 17);

/// A server in the next room, one behind a proxy, one that keeps a request until it gives up.
constexpr std::array<Duration, 12> delivery_bounds{10ms, 25ms,   50ms, 100ms, 250ms, 500ms,
                                                   1s,   2500ms, 5s,   10s,   30s,   60s};

/// From what nobody notices to what everybody does.
constexpr std::array<Duration, 17> lateness_bounds{1ms,    5ms, 10ms, 25ms, 50ms, 100ms, 250ms, 500ms, 1s,
                                                   2500ms, 5s,  10s,  30s,  1min, 5min,  15min, 1h};

template <class Map>
auto& row_of(Map& map, std::string_view name) {
    const auto known = map.find(name);
    return known != map.end() ? known->second : map[std::string{name}];
}

/// It rests there until somebody acts, or for ever.
bool is_stop(PostState state) {
    return is_final(state) || state == PostState::held;
}

} // namespace

AccountTally::AccountTally()
    : delivery(delivery_bounds)
    , lateness(lateness_bounds) {}

AccountTally& Tally::account(std::string_view name) {
    return row_of(accounts, name);
}

SourceTally& Tally::source(std::string_view name) {
    return row_of(sources, name);
}

void Tally::note_reload(bool good, Instant now) noexcept {
    ++(good ? reloads.good : reloads.failed);
    reloads.last_good = good;
    if (good)
        reloads.last_success = now;
}

PostsMade::PostsMade(const std::vector<Post>& posts) {
    posts_.reserve(posts.size());
    for (const Post& post : posts)
        posts_.push_back(Made{post.account, post.origin.kind, post.state});
}

void PostsMade::count(Tally& tally, const Applied& applied) const {
    for (std::size_t i = 0; i < posts_.size() && i < applied.inserted.size(); ++i) {
        if (applied.inserted[i] == 0)
            continue;
        AccountTally& account = tally.account(posts_[i].account);
        ++account.accepted[posts_[i].origin];
        if (is_stop(posts_[i].state))
            ++account.ended[posts_[i].state];
    }
}

} // namespace crier::engine
