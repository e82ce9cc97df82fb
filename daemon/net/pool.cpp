#include "net/pool.hpp"

#include "net/deadline.hpp"

#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <iterator>
#include <list>
#include <utility>

namespace crier::net {

namespace {

struct Idle {
    std::string key;
    std::unique_ptr<ByteStream> stream;
    Steady::time_point until;
};

} // namespace

/// Shared with the timer's handler, which may run after the pool has gone.
struct Pool::State : std::enable_shared_from_this<Pool::State> {
    State(boost::asio::any_io_executor executor, PoolLimits most)
        : timer(std::move(executor))
        , limits(most) {}

    /// Comes back when the first is over, unless it comes back earlier anyway.
    void watch() {
        auto next = armed;
        for (const Idle& one : idle)
            next = std::min(next, one.until);
        if (next == armed)
            return;
        armed = next;
        timer.expires_at(next);
        timer.async_wait([weak = weak_from_this()](boost::system::error_code error) {
            if (const auto state = weak.lock(); state && !error)
                state->sweep();
        });
    }

    void sweep() {
        armed = Steady::time_point::max();
        const auto now = Steady::now();
        idle.remove_if([now](const Idle& one) { return one.until <= now; });
        watch();
    }

    boost::asio::steady_timer timer;
    Steady::time_point armed = Steady::time_point::max();
    PoolLimits limits;
    std::list<Idle> idle; ///< the one that waits longest first
};

Pool::Pool(boost::asio::any_io_executor executor, PoolLimits limits)
    : state_(std::make_shared<State>(std::move(executor), limits)) {}

Pool::~Pool() {
    clear();
}

void Pool::clear() {
    state_->idle.clear();
    state_->armed = Steady::time_point::max();
    state_->timer.cancel();
}

std::unique_ptr<ByteStream> Pool::take(const std::string& key) {
    std::unique_ptr<ByteStream> found;
    auto& idle = state_->idle;
    const auto now = Steady::now();
    while (!found) {
        // The one that was used last is the likeliest to be alive.
        const auto last =
            std::find_if(idle.rbegin(), idle.rend(), [&](const Idle& one) { return one.key == key; });
        if (last == idle.rend())
            break;
        if (last->until > now && !last->stream->stale())
            found = std::move(last->stream);
        idle.erase(std::next(last).base());
    }
    return found;
}

void Pool::give(const std::string& key, std::unique_ptr<ByteStream> stream,
                std::optional<Duration> server_says) {
    const PoolLimits& limits = state_->limits;
    // A second less, or it may close while the next request is on its way.
    const Duration keep = server_says
                              ? std::min<Duration>(limits.idle_for, *server_says - std::chrono::seconds{1})
                              : limits.idle_for;
    if (keep <= Duration::zero() || limits.per_key == 0 || limits.all == 0)
        return;
    auto& idle = state_->idle;
    const auto of_key = [&](const Idle& one) { return one.key == key; };
    if (std::count_if(idle.begin(), idle.end(), of_key) >= static_cast<std::ptrdiff_t>(limits.per_key))
        idle.erase(std::find_if(idle.begin(), idle.end(), of_key));
    else if (idle.size() >= limits.all)
        idle.pop_front();
    idle.push_back(Idle{key, std::move(stream), Steady::now() + keep});
    state_->watch();
}

} // namespace crier::net
