#pragma once

#include "ports/clock.hpp"
#include "sys/environment.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace crier::sys {

/// What systemd is told: the datagrams of sd_notify(3), written here because sd_notify() itself looks into
/// the process's environment. Says nothing when it was not systemd that started the daemon.
///
/// Thread: the engine's: the watchdog is fed by the loop that does the work, so a loop that hangs is noticed.
/// Errors: none; a manager that does not listen is no reason to stop posting.
class Notify {
public:
    explicit Notify(const Environment& environment);
    ~Notify();
    Notify(const Notify&) = delete;
    Notify& operator=(const Notify&) = delete;

    /// Whether it was systemd that started the daemon.
    [[nodiscard]] bool listened_to() const noexcept { return !socket_.empty(); }

    /// The start, or a reload, is done. `status` is one line for `systemctl status`.
    void ready(std::string_view status) const;
    void reloading() const;
    void status(std::string_view status) const;
    void stopping() const;

    /// Feeds the watchdog at half its interval until end_watchdog(); the clock outlives that, and
    /// io_context::run() goes on until then. Nothing happens without a watchdog for this process.
    void feed_watchdog(boost::asio::any_io_executor executor, Clock& clock);
    void end_watchdog();

    /// What systemd allows between two signs of life.
    [[nodiscard]] std::optional<Duration> watchdog() const noexcept { return watchdog_; }

private:
    struct Feeder;
    std::string socket_; ///< empty: nobody listens
    std::optional<Duration> watchdog_;
    std::shared_ptr<Feeder> feeder_;
};

} // namespace crier::sys
