#pragma once

#include "ports/clock.hpp"

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <utility>

namespace crier::test {

/// A clock that only the test moves, and the waits on it: whole days in a moment, the same in every run.
///
/// Every wait is one entry of a map ordered by (time, sequence). step() takes the next entry, moves the clock
/// to it and resumes its waiter through the io_context.
class VirtualTime final : public Clock {
public:
    VirtualTime(boost::asio::io_context& context, Instant start)
        : context_(context)
        , start_(start) {}

    [[nodiscard]] Instant now() const override { return start_ + elapsed_ + step_; }
    /// What now() would be without any jump.
    [[nodiscard]] Instant unset_now() const { return start_ + elapsed_; }
    [[nodiscard]] Mono mono() const override { return Mono{elapsed_}; }
    [[nodiscard]] std::int64_t boot() const override { return boot_; }
    /// The machine, not only the process, begins anew.
    void reboot() { ++boot_; }
    [[nodiscard]] std::unique_ptr<Alarm> make_alarm() override;

    /// For model ports: so long passes before they answer.
    [[nodiscard]] boost::asio::awaitable<void> pass(Duration duration);

    /// Sets the wall clock forward or back; the monotonic clock goes on. Who waits for a wall time is woken,
    /// as the kernel does it.
    void jump(Duration by);

    /// Runs what is ready, then moves to the next wait that ends not later than `until`; false when there is
    /// none.
    bool step(Instant until = Instant::max());

    /// Everything that happens within the next `duration`; the clock then stands at its end.
    void run_for(Duration duration);

    /// Until nothing is ready and nobody waits for a time (or `done` says so).
    void run_while(const std::function<bool()>& condition);

    [[nodiscard]] std::size_t waiting() const noexcept { return queue_.size(); }

private:
    friend class VirtualAlarm;

    struct Waiter {
        virtual ~Waiter() = default;
        virtual void complete(boost::asio::io_context& context) = 0;
    };
    template <class Handler>
    struct WaiterOf final : Waiter {
        explicit WaiterOf(Handler h)
            : handler(std::move(h)) {}
        void complete(boost::asio::io_context& context) override {
            boost::asio::post(context, std::move(handler));
        }
        Handler handler;
    };
    using Key = std::pair<Duration, std::uint64_t>; ///< elapsed time, sequence
    struct Entry {
        std::unique_ptr<Waiter> waiter;
        bool wall = false; ///< goes by the wall clock: moves with jumps
    };

    using Ticket = std::uint64_t; ///< the sequence number: a jump moves entries to other times
    Ticket insert(Duration when, bool wall, std::unique_ptr<Waiter> waiter);
    /// False: that wait is over.
    bool resume(Ticket ticket);

    template <class Handler>
    void bind_cancellation(Handler& handler, Ticket ticket) {
        auto slot = boost::asio::get_associated_cancellation_slot(handler);
        if (slot.is_connected())
            slot.assign([this, ticket](boost::asio::cancellation_type) { resume(ticket); });
    }

    boost::asio::io_context& context_;
    Instant start_;
    Duration elapsed_{};
    std::int64_t boot_ = 1;
    Duration step_{}; ///< what jumps have added up to
    std::map<Key, Entry> queue_;
    std::map<Ticket, Duration> times_; ///< where in the queue an entry is
    std::uint64_t sequence_ = 0;
};

} // namespace crier::test
