#pragma once

#include "engine/engine.hpp"
#include "ports/clock.hpp"
#include "ports/http_server.hpp"

#include <boost/asio/awaitable.hpp>

#include <memory>

namespace crier::admin {

/// For those who watch the daemon from outside.
///
/// Thread: the engine's, so that any answer shows that its loop goes round.
class Health {
public:
    Health(engine::Engine& engine, Clock& clock)
        : engine_(engine)
        , clock_(clock) {}

    /// Is it worth keeping alive? 200 {"ok":true}, or 503 {"ok":false,"why"} when the store does not answer
    /// within five seconds, or only with a failure.
    [[nodiscard]] boost::asio::awaitable<LocalResponse> live();

    /// Does it do what it is for? 200 {"ready":true,"degraded":[{"account" or "source","why"}]} when the
    /// configuration is taken up, the lanes run and the store can be written; else 503 with "why". What one
    /// account or source waits for makes it degraded and no more: the others post.
    [[nodiscard]] LocalResponse ready() const;

private:
    struct Probe;
    engine::Engine& engine_;
    Clock& clock_;
    std::shared_ptr<Probe> probe_; ///< the last one
};

} // namespace crier::admin
