#pragma once

#include "core/clock_check.hpp"
#include "ports/clock.hpp"
#include "ports/log.hpp"

#include <functional>
#include <optional>
#include <string>

namespace crier::engine {

/// What the servers' replies say of our clock, for all lanes.
///
/// Thread: the engine's. Ownership: clock and log outlive it.
class ClockWatch {
public:
    /// How often a lane that may not send asks its server for the time.
    static constexpr Duration look = std::chrono::minutes{1};

    ClockWatch(Clock& clock, Log& log)
        : clock_(clock)
        , log_(log) {}

    void begin(Instant last_alive);
    /// `date`: what a reply of the account's server bears, if any.
    void heard(const std::string& account, const std::optional<Instant>& date);
    /// `crier resume`.
    void confirm();

    [[nodiscard]] const std::string& trouble(std::string_view account) const {
        return check_.trouble(account);
    }
    [[nodiscard]] bool agreed() const noexcept { return check_.agreed(); }
    [[nodiscard]] bool in_doubt() const noexcept { return check_.in_doubt(); }

    /// Called when an account may send that could not, or the other way round.
    std::function<void()> on_change;

private:
    Clock& clock_;
    Log& log_;
    ClockCheck check_;
};

} // namespace crier::engine
