#pragma once

#include "ports/clock.hpp"
#include "sys/environment.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace crier::sys {

/// What systemd is told (sd_notify(3)). Says nothing when it was not systemd that started the daemon.
///
/// Thread: the engine's: the watchdog is fed by the loop that does the work, so a loop that hangs is noticed.
class Notify {
public:
    explicit Notify(const Environment& environment);
    ~Notify();
    Notify(const Notify&) = delete;
    Notify& operator=(const Notify&) = delete;

    void ready(std::string_view status) const;
    void status(std::string_view status) const;
    void stopping() const;

    /// Feeds the watchdog at half its interval until end_watchdog(); the clock outlives that.
    void feed_watchdog(boost::asio::any_io_executor executor, Clock& clock);
    void end_watchdog();

private:
    struct Feeder;
    bool enabled_ = false;
    std::optional<Duration> watchdog_;
    std::shared_ptr<Feeder> feeder_;
};

} // namespace crier::sys
