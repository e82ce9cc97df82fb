#pragma once

#include "core/clock_check.hpp"
#include "ports/clock.hpp"
#include "ports/log.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>

namespace crier::engine {

/// What the servers' replies say of our clock, for all lanes.
///
/// Thread: the engine's. Ownership: clock and log outlive it.
class ClockWatch {
public:
    /// How often a server is asked for the time to which nothing may be sent.
    static constexpr Duration look = std::chrono::minutes{1};

    ClockWatch(Clock& clock, Log& log)
        : clock_(clock)
        , log_(log) {}

    void begin(Instant last_alive);
    /// `date`: what a reply of the server bears, if any.
    void heard(const std::string& server, const std::optional<Instant>& date);
    /// How long it is until the server may be asked again; zero: the caller does so now.
    [[nodiscard]] Duration until_asked(const std::string& server);
    /// `crier resume`.
    void confirm();

    [[nodiscard]] const std::string& trouble(std::string_view server) const { return check_.trouble(server); }
    [[nodiscard]] bool agreed() const noexcept { return check_.agreed(); }
    [[nodiscard]] bool in_doubt() const noexcept { return check_.in_doubt(); }

    /// Called when something may be sent that could not, or the other way round.
    std::function<void()> on_change;

private:
    Clock& clock_;
    Log& log_;
    ClockCheck check_;
    std::map<std::string, Mono, std::less<>> asked_; ///< servers, when they were last asked for the time
};

} // namespace crier::engine
