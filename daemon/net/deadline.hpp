#pragma once

#include "core/time.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <functional>
#include <memory>

namespace crier::net {

/// Deadlines of this module go by it: they are seconds, so a sleeping machine need not be counted.
using Steady = std::chrono::steady_clock;

/// Calls `expire` once when the time is over, unless it goes before. What it guards must then end by itself
/// (a closed socket ends its reads): Boost 1.81 has no cancel_after, and a coroutine's cancellation is
/// edge-triggered.
///
/// Thread: the executor's.
class Deadline {
public:
    Deadline(const boost::asio::any_io_executor& executor, Steady::time_point until,
             std::function<void()> expire);
    ~Deadline();
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;

    [[nodiscard]] bool expired() const noexcept;

private:
    struct State;
    std::shared_ptr<State> state_;
};

/// Whether a time is over by the clock that counts on while the machine sleeps. It rings nobody: it is asked
/// just before something happens that must not happen late, when a timer's handler may be next in line.
class Awake {
public:
    explicit Awake(Duration length);
    [[nodiscard]] bool over() const;

private:
    Duration until_;
};

} // namespace crier::net
