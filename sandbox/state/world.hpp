#pragma once

#include "sandbox/state/accounts.hpp"
#include "sandbox/state/faults.hpp"
#include "sandbox/state/feed_items.hpp"
#include "sandbox/state/idempotency.hpp"
#include "sandbox/state/ids.hpp"
#include "sandbox/state/media.hpp"
#include "sandbox/state/oauth.hpp"
#include "sandbox/state/rates.hpp"
#include "sandbox/state/request_log.hpp"
#include "sandbox/state/settings.hpp"
#include "sandbox/state/statuses.hpp"
#include "sandbox/state/time.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace crier::sandbox {

/// An account with its token, as the command line names them.
struct Seat {
    std::string name;
    std::string token;
    Scopes scopes;
};

/// How the sandbox begins, and what it goes back to on a reset.
struct Start {
    std::vector<Seat> seats;
    Settings settings;
    std::size_t feed_items = 20;
    std::optional<std::chrono::seconds> feed_grows;
};

/// Everything the server knows.
struct World {
    World(Start from, std::string base, Time now);

    void reset(Time now);
    /// What happens by itself: scheduled posts come out, forgotten media go, the feed grows.
    void tick(Time now);

    Start start;
    std::string base_url; ///< "http://127.0.0.1:8421"
    Clock clock;
    Settings settings;
    std::optional<Time> stale_since; ///< lists stand still since then
    Accounts accounts;
    OAuth oauth;
    Statuses statuses;
    MediaShelf media;
    IdempotencyMap idempotency;
    RateWindows rates;
    FaultQueue faults;
    FeedItems feed;
    RequestLog log;
    Ids ids;

private:
    void fill(Time now);
};

/// Makes a status of a draft and takes its media.
Status& publish(World& world, Status status);

} // namespace crier::sandbox
