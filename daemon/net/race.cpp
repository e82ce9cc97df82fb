#include "net/race.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <list>
#include <memory>
#include <utility>

namespace crier::net {

namespace asio = boost::asio;
using boost::system::error_code;
using Tcp = asio::ip::tcp;

namespace {

constexpr std::size_t most_addresses = 8;

/// Shared with the attempts, which end after the race is over.
struct Race {
    explicit Race(const asio::any_io_executor& executor)
        : wake(executor) {}
    asio::steady_timer wake; ///< cancelled when an attempt ends
    std::list<Tcp::socket> sockets;
    Tcp::socket* winner = nullptr;
    std::size_t running = 0;
    error_code last = asio::error::host_not_found;
};

void start(const std::shared_ptr<Race>& race, const asio::any_io_executor& executor,
           const Tcp::endpoint& endpoint) {
    Tcp::socket& socket = race->sockets.emplace_back(executor);
    ++race->running;
    socket.async_connect(endpoint, [race, &socket](error_code error) {
        --race->running;
        if (error)
            race->last = error;
        else if (race->winner == nullptr)
            race->winner = &socket;
        race->wake.cancel();
    });
}

/// However the race ends: nothing of it goes on.
struct CloseAll {
    explicit CloseAll(std::shared_ptr<Race> r)
        : race(std::move(r)) {}
    CloseAll(const CloseAll&) = delete;
    CloseAll& operator=(const CloseAll&) = delete;
    ~CloseAll() {
        error_code ignored;
        for (Tcp::socket& socket : race->sockets)
            socket.close(ignored);
    }
    std::shared_ptr<Race> race;
};

} // namespace

asio::awaitable<Tcp::socket> connect_first(asio::any_io_executor executor,
                                           std::vector<Tcp::endpoint> endpoints, Steady::time_point until,
                                           error_code& error, Duration stagger) {
    auto race = std::make_shared<Race>(executor);
    const CloseAll close_all{race};
    const std::size_t count = std::min(endpoints.size(), most_addresses);
    std::size_t tried = 0;
    while (race->winner == nullptr && (tried < count || race->running > 0)) {
        if (Steady::now() >= until) {
            error = asio::error::timed_out;
            co_return Tcp::socket{executor};
        }
        if (tried < count)
            start(race, executor, endpoints[tried++]);
        race->wake.expires_at(tried < count ? std::min(until, Steady::now() + stagger) : until);
        error_code woken;
        co_await race->wake.async_wait(asio::redirect_error(asio::use_awaitable, woken));
    }
    if (race->winner == nullptr) {
        error = race->last;
        co_return Tcp::socket{executor};
    }
    error = {};
    error_code ignored;
    race->winner->set_option(Tcp::no_delay{true}, ignored);
    co_return std::move(*race->winner);
}

} // namespace crier::net
