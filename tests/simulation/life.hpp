#pragma once

#include "engine/engine.hpp"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace crier::sim {

class Time;

/// One life of the process: from its start to its end or its death. The engine and its libraries are the
/// daemon's own.
class Life {
public:
    Life(engine::Configuration settings, engine::World& world, Time& time);
    ~Life();

    /// SIGTERM.
    void stop() { engine_->stop(); }
    /// SIGKILL: nothing of it has any effect from now on.
    void kill();

    [[nodiscard]] bool running() const noexcept { return running_; }
    [[nodiscard]] boost::asio::io_context& context() noexcept { return *context_; }
    [[nodiscard]] engine::Engine& engine() noexcept { return *engine_; }
    /// SIGHUP: `done` is called when it goes by the next one, and never when it dies first. One at a time.
    void reload(engine::Configuration next, std::function<void()> done);

    /// A request of a person's; what comes of it is looked for in the outbox.
    void ask(boost::asio::awaitable<void> request);

private:
    [[nodiscard]] boost::asio::awaitable<void> main();

    Time& time_;
    engine::Configuration settings_; ///< what it was told last
    std::unique_ptr<boost::asio::io_context> context_;
    std::unique_ptr<engine::Engine> engine_;
    bool running_ = true;
};

} // namespace crier::sim
