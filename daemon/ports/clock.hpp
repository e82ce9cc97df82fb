#pragma once

#include "core/time.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <memory>

namespace crier {

/// A wait that can be cut short. One coroutine waits on it at a time.
///
/// Ownership: must not outlive its Clock, nor go while somebody waits on it.
/// Thread: the engine's.
/// Cancellation: a wait ends early, without an error, when the coroutine is cancelled: check why after it.
class Alarm {
public:
    virtual ~Alarm() = default;

    /// Until the wall clock shows `when`, at once if it already does; a step of the clock is noticed,
    /// and ends the wait early: look at the time after it.
    [[nodiscard]] virtual boost::asio::awaitable<void> wait_until(Instant when) = 0;

    /// For so long by the monotonic clock.
    [[nodiscard]] virtual boost::asio::awaitable<void> wait_for(Duration duration) = 0;

    /// Until ring().
    [[nodiscard]] virtual boost::asio::awaitable<void> wait() = 0;

    /// Ends the wait; when nobody waits, the next wait ends at once. Never resumes the waiter inside the
    /// call.
    virtual void ring() = 0;
};

/// Time, and the only way to wait for it.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
    [[nodiscard]] virtual Mono mono() const = 0;
    /// Which boot of the machine mono() belongs to: the same number for as long as mono() counts on, also for
    /// another process. 0: that cannot be told.
    [[nodiscard]] virtual std::int64_t boot() const = 0;
    [[nodiscard]] virtual std::unique_ptr<Alarm> make_alarm() = 0;
};

} // namespace crier
