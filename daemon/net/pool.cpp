#include "net/pool.hpp"

#include <algorithm>
#include <utility>

namespace crier::net {

struct Pool::State : std::enable_shared_from_this<Pool::State> {
    State(boost::asio::any_io_executor executor, std::size_t limit, Duration keep)
        : timer(std::move(executor))
        , most_per_key(limit)
        , idle_for(keep) {}

    /// Closes what is over, and comes back for the rest.
    void sweep() {
        const auto now = std::chrono::steady_clock::now();
        auto next = std::chrono::steady_clock::time_point::max();
        for (auto key = idle.begin(); key != idle.end();) {
            auto& list = key->second;
            list.erase(
                std::remove_if(list.begin(), list.end(), [&](const Idle& one) { return one.until <= now; }),
                list.end());
            for (const Idle& one : list)
                next = std::min(next, one.until);
            key = list.empty() ? idle.erase(key) : std::next(key);
        }
        sweeping = !idle.empty();
        if (!sweeping)
            return;
        timer.expires_at(next);
        timer.async_wait([weak = weak_from_this()](boost::system::error_code error) {
            if (const auto state = weak.lock(); state && !error)
                state->sweep();
        });
    }

    boost::asio::steady_timer timer;
    std::size_t most_per_key;
    Duration idle_for;
    std::map<std::string, std::vector<Idle>> idle;
    bool sweeping = false;
};

Pool::Pool(boost::asio::any_io_executor executor, std::size_t most_per_key, Duration idle_for)
    : state_(std::make_shared<State>(std::move(executor), most_per_key, idle_for)) {}

Pool::~Pool() {
    state_->timer.cancel();
}

std::unique_ptr<ByteStream> Pool::take(const std::string& key) {
    const auto found = state_->idle.find(key);
    if (found == state_->idle.end())
        return nullptr;
    auto& list = found->second;
    while (!list.empty()) {
        Idle last = std::move(list.back());
        list.pop_back();
        if (last.until > std::chrono::steady_clock::now() && !last.stream->stale()) {
            if (list.empty())
                state_->idle.erase(found);
            return std::move(last.stream);
        }
    }
    state_->idle.erase(found);
    return nullptr;
}

void Pool::give(const std::string& key, std::unique_ptr<ByteStream> stream, Duration server_says) {
    Duration keep = state_->idle_for;
    if (server_says > Duration::zero()) // a second less, or it may close while the next request is on its way
        keep =
            std::min<Duration>(keep, server_says - std::min<Duration>(server_says, std::chrono::seconds{1}));
    auto& list = state_->idle[key];
    if (list.size() < state_->most_per_key && keep > Duration::zero())
        list.push_back(Idle{std::move(stream), std::chrono::steady_clock::now() + keep});
    if (list.empty())
        state_->idle.erase(key);
    else if (!state_->sweeping)
        state_->sweep();
}

} // namespace crier::net
