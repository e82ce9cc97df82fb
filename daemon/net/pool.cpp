#include "net/pool.hpp"

#include "net/deadline.hpp"

#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <deque>
#include <iterator>
#include <list>
#include <unordered_map>
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
    using List = std::list<Idle>;

    State(const boost::asio::any_io_executor& executor, PoolLimits most)
        : timer(executor)
        , limits(most) {}

    /// Comes back when this one is over, unless it comes back earlier anyway.
    void watch(Steady::time_point until) {
        if (until >= armed)
            return;
        armed = until;
        timer.expires_at(until);
        timer.async_wait([weak = weak_from_this()](boost::system::error_code error) {
            if (const auto state = weak.lock(); state && !error)
                state->sweep();
        });
    }

    void sweep() {
        armed = Steady::time_point::max();
        const auto now = Steady::now();
        auto first = Steady::time_point::max();
        for (auto one = idle.begin(); one != idle.end();) {
            const auto next = std::next(one);
            if (one->until <= now)
                drop(one);
            else
                first = std::min(first, one->until);
            one = next;
        }
        watch(first);
    }

    void drop(List::iterator one) {
        const auto known = by_key.find(one->key);
        auto& others = known->second;
        if (others.back() == one)
            others.pop_back();
        else if (others.front() == one)
            others.pop_front();
        else
            std::erase(others, one);
        if (others.empty())
            by_key.erase(known);
        idle.erase(one);
    }

    boost::asio::steady_timer timer;
    Steady::time_point armed = Steady::time_point::max();
    PoolLimits limits;
    List idle; ///< the one that waits longest first
    /// With a connection for each of a thousand accounts, looking through all of them would be most of the
    /// work.
    std::unordered_map<std::string, std::deque<List::iterator>> by_key; ///< in the same order; none is empty
};

Pool::Pool(boost::asio::any_io_executor executor, PoolLimits limits)
    : state_(std::make_shared<State>(std::move(executor), limits)) {}

Pool::~Pool() {
    clear();
}

void Pool::clear() {
    state_->by_key.clear();
    state_->idle.clear();
    state_->armed = Steady::time_point::max();
    state_->timer.cancel();
}

std::unique_ptr<ByteStream> Pool::take(const std::string& key) {
    const auto now = Steady::now();
    for (;;) {
        const auto known = state_->by_key.find(key);
        if (known == state_->by_key.end())
            return nullptr;
        // The one that was used last is the likeliest to be alive.
        const auto last = known->second.back();
        std::unique_ptr<ByteStream> stream = std::move(last->stream);
        const bool good = last->until > now && !stream->stale();
        state_->drop(last);
        if (good)
            return stream;
    }
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
    const auto known = state_->by_key.find(key);
    if (known != state_->by_key.end() && known->second.size() >= limits.per_key)
        state_->drop(known->second.front());
    else if (state_->idle.size() >= limits.all)
        state_->drop(state_->idle.begin());
    auto& idle = state_->idle;
    const auto until = Steady::now() + keep;
    idle.push_back(Idle{key, std::move(stream), until});
    state_->by_key[key].push_back(std::prev(idle.end()));
    state_->watch(until);
}

} // namespace crier::net
