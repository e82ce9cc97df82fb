#pragma once

#include "engine/alerts.hpp"
#include "engine/configuration.hpp"
#include "engine/world.hpp"

#include <boost/asio/awaitable.hpp>

#include <memory>

namespace crier::engine {

/// Fetches an address every so often as long as all is well: who watches it notices when it stays away.
///
/// Ownership: by the engine; all that it is given outlives it.
/// Cancellation: terminal.
class Heartbeat {
public:
    Heartbeat(const Configuration& settings, World& world, const Alerts& alerts);

    [[nodiscard]] bool configured() const noexcept {
        return !settings_->heartbeat.empty() && world_.http != nullptr;
    }
    /// Beats until stop(), while it is configured.
    [[nodiscard]] boost::asio::awaitable<void> run();
    /// One beat, if all is well.
    [[nodiscard]] boost::asio::awaitable<void> beat();
    void follow(const Configuration& settings);
    void stop();

private:
    Followed<AlertSettings> settings_;
    World& world_;
    const Alerts& alerts_;
    std::unique_ptr<Alarm> alarm_;
    bool failing_ = false;
    bool stopping_ = false;
};

} // namespace crier::engine
