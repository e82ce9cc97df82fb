#pragma once

#include "core/time.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <ctime>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>

namespace crier::sys {

/// Waits for moments of one kernel clock: any number of them over one timerfd, ordered by time.
///
/// Thread: the executor's.
class WaitQueue {
public:
    WaitQueue(boost::asio::any_io_executor executor, clockid_t clock);
    ~WaitQueue();
    WaitQueue(const WaitQueue&) = delete;
    WaitQueue& operator=(const WaitQueue&) = delete;

    using Key = std::pair<Duration, std::uint64_t>;

    /// Names one wait, to end it early.
    class Ticket {
    public:
        /// Ends the wait; false when there was none (any more).
        bool end();
        void reset() noexcept { queue_ = nullptr; }

    private:
        friend class WaitQueue;
        WaitQueue* queue_ = nullptr;
        Key key_{};
    };

    /// Until the clock shows `when` (time since its epoch), or the ticket is ended, or the coroutine is
    /// cancelled.
    [[nodiscard]] boost::asio::awaitable<void> wait(Duration when, Ticket& ticket) {
        return boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void()>(
            [this, when, &ticket](auto handler) {
                auto slot = boost::asio::get_associated_cancellation_slot(handler);
                auto shared = std::make_shared<decltype(handler)>(std::move(handler));
                ticket.queue_ = this;
                ticket.key_ = insert(when, [shared] { (*shared)(); });
                // The slot may keep this for longer than the wait, and than the queue.
                if (slot.is_connected())
                    slot.assign([this, alive = std::weak_ptr<bool>{alive_},
                                 key = ticket.key_](boost::asio::cancellation_type) {
                        if (!alive.expired())
                            (void)end(key);
                    });
            },
            boost::asio::use_awaitable);
    }

private:
    struct Waiter {
        std::function<void()> resume;
        boost::asio::executor_work_guard<boost::asio::any_io_executor>
            work; ///< run() goes on while somebody waits
    };

    Key insert(Duration when, std::function<void()> resume);
    bool end(Key key);
    void arm();
    void listen();
    void expired();
    [[nodiscard]] Duration now() const;

    boost::asio::any_io_executor executor_;
    clockid_t clock_;
    boost::asio::posix::stream_descriptor descriptor_;
    std::map<Key, Waiter> waiters_;
    std::optional<Duration> armed_;
    bool listening_ = false;
    std::uint64_t sequence_ = 0;
    std::shared_ptr<bool> alive_ =
        std::make_shared<bool>(true); ///< while weak pointers to it hold, so does this
};

} // namespace crier::sys
