#include "net/deadline.hpp"

#include <boost/asio/steady_timer.hpp>

#include <ctime>
#include <utility>

namespace crier::net {

/// Lives until the timer's handler has run, which may be after the Deadline has gone.
struct Deadline::State {
    State(const boost::asio::any_io_executor& executor, std::function<void()> callback)
        : timer(executor)
        , expire(std::move(callback)) {}
    boost::asio::steady_timer timer;
    std::function<void()> expire;
    bool over = false;
    bool live = true;
};

Deadline::Deadline(const boost::asio::any_io_executor& executor, Steady::time_point until,
                   std::function<void()> expire)
    : state_(std::make_shared<State>(executor, std::move(expire))) {
    state_->timer.expires_at(until);
    state_->timer.async_wait([state = state_](boost::system::error_code error) {
        if (error || !state->live)
            return;
        state->over = true;
        state->expire();
    });
}

Deadline::~Deadline() {
    state_->live = false;
    state_->expire = nullptr;
    state_->timer.cancel();
}

bool Deadline::expired() const noexcept {
    return state_->over;
}

namespace {

Duration since_boot() {
    timespec time{};
    ::clock_gettime(CLOCK_BOOTTIME, &time);
    return std::chrono::seconds{time.tv_sec} +
           std::chrono::floor<Duration>(std::chrono::nanoseconds{time.tv_nsec});
}

} // namespace

Awake::Awake(Duration length)
    : until_(since_boot() + length) {}

bool Awake::over() const {
    return since_boot() >= until_;
}

} // namespace crier::net
