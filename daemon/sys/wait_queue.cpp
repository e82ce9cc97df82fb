#include "sys/wait_queue.hpp"

#include <algorithm>
#include <cerrno>
#include <sys/timerfd.h>
#include <system_error>
#include <unistd.h>

namespace crier::sys {

namespace asio = boost::asio;

namespace {

int make_timer(clockid_t clock) {
    const int fd = ::timerfd_create(clock, TFD_CLOEXEC | TFD_NONBLOCK);
    if (fd < 0)
        throw std::system_error(errno, std::generic_category(), "timerfd_create");
    return fd;
}

/// Further than this nobody plans; and what is later than the kernel can say is as good as never.
constexpr Duration never = std::chrono::hours{24 * 365 * 200};

} // namespace

bool WaitQueue::Ticket::end() {
    return queue_ != nullptr && std::exchange(queue_, nullptr)->end(key_);
}

WaitQueue::WaitQueue(asio::any_io_executor executor, clockid_t clock)
    : executor_(std::move(executor))
    , clock_(clock)
    , descriptor_(executor_, make_timer(clock)) {}

WaitQueue::~WaitQueue() = default;

Duration WaitQueue::now() const {
    timespec time{};
    clock_gettime(clock_, &time);
    return std::chrono::duration_cast<Duration>(std::chrono::seconds{time.tv_sec} +
                                                std::chrono::nanoseconds{time.tv_nsec});
}

WaitQueue::Key WaitQueue::insert(Duration when, std::function<void()> resume) {
    const Key key{std::min(when, never), sequence_++};
    waiters_.emplace(key, Waiter{std::move(resume), asio::make_work_guard(executor_)});
    if (waiters_.begin()->first == key)
        arm();
    return key;
}

bool WaitQueue::end(Key key) {
    auto node = waiters_.extract(key);
    if (node.empty())
        return false;
    asio::post(executor_, std::move(node.mapped().resume));
    arm();
    return true;
}

/// For the earliest wait; for none when there is none. A wait without an end needs no timer either.
void WaitQueue::arm() {
    std::optional<Duration> next;
    if (!waiters_.empty() && waiters_.begin()->first.first < never)
        next = waiters_.begin()->first.first;
    if (next != armed_) {
        armed_ = next;
        itimerspec spec{};
        int flags = TFD_TIMER_ABSTIME;
        if (next) {
            // A value of zero would disarm it; what is long past is due at once all the same.
            const Duration at = std::max(*next, Duration{1});
            const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
            spec.it_value.tv_sec = seconds.count();
            spec.it_value.tv_nsec = std::chrono::nanoseconds{at - seconds}.count();
            if (clock_ == CLOCK_REALTIME)
                flags |= TFD_TIMER_CANCEL_ON_SET;
        }
        // ECANCELED: the clock was set since the last call; the timer is armed all the same, and absolutely.
        if (::timerfd_settime(descriptor_.native_handle(), flags, &spec, nullptr) != 0 && errno != ECANCELED)
            throw std::system_error(errno, std::generic_category(), "timerfd_settime");
    }
    if (waiters_.empty() && listening_)
        descriptor_.cancel(); // nothing keeps the context running
    else if (!waiters_.empty())
        listen();
}

void WaitQueue::listen() {
    if (listening_)
        return;
    listening_ = true;
    descriptor_.async_wait(asio::posix::stream_descriptor::wait_read,
                           [this, alive = std::weak_ptr<bool>{alive_}](boost::system::error_code error) {
                               if (alive.expired())
                                   return;
                               listening_ = false;
                               if (!error)
                                   expired();
                               else
                                   arm();
                           });
}

void WaitQueue::expired() {
    // ECANCELED: the wall clock was set. Then everybody is woken: what they wait for may have been reckoned
    // on a clock that was years ahead.
    std::uint64_t count = 0;
    const bool stepped = ::read(descriptor_.native_handle(), &count, sizeof count) < 0 && errno == ECANCELED;
    armed_.reset();
    const Duration time = stepped ? Duration::max() : now();
    while (!waiters_.empty() && waiters_.begin()->first.first <= time) {
        auto node = waiters_.extract(waiters_.begin());
        asio::post(executor_, std::move(node.mapped().resume));
    }
    // Set the timer again even to the same moment: a step has cancelled it.
    arm();
}

} // namespace crier::sys
