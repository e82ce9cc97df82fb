#pragma once

#include "core/time.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <memory>

namespace crier::net {

/// Calls `expire` once when the time is over, unless it goes before. What it guards must then end by itself
/// (a closed socket ends its reads): Boost 1.81 has no cancel_after, and a coroutine's cancellation is
/// edge-triggered.
class Deadline {
public:
    Deadline(const boost::asio::any_io_executor& executor, Duration after, std::function<void()> expire);
    ~Deadline();
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;

    [[nodiscard]] bool expired() const noexcept;

private:
    struct State;
    std::shared_ptr<State> state_;
};

} // namespace crier::net
