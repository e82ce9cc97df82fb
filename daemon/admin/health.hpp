#pragma once

#include "engine/engine.hpp"
#include "ports/clock.hpp"
#include "ports/http_server.hpp"

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <optional>
#include <string>

namespace crier::admin {

/// For those who watch the daemon from outside.
///
/// Thread: the engine's, so that any answer shows that its loop goes round.
class Health {
public:
    Health(engine::Engine& engine, Clock& clock)
        : engine_(engine)
        , clock_(clock) {}

    /// Would a restart help? 200 {"ok":true}, with "why" where the store has not answered yet: it may be
    /// busy, for its reads wait behind a write that waits for another program's. 503 {"ok":false,"why"} when
    /// it has not answered for a minute, or only with a failure. Answers within half a second.
    [[nodiscard]] boost::asio::awaitable<LocalResponse> live();

    /// Does it do what it is for? 200 {"ready":true,"degraded":[{"account" or "source","why"}]} when the
    /// configuration is taken up, the lanes run and the store answers and takes what is written, whoever
    /// writes; else 503 with "why". What one account or source waits for makes it degraded and no more: the
    /// others post.
    [[nodiscard]] boost::asio::awaitable<LocalResponse> ready();

    /// Where something could not be recorded: is tried once more, behind whoever asks, at most every few
    /// seconds. Perhaps nobody else writes anything for hours, and it would be told of for as long.
    [[nodiscard]] boost::asio::awaitable<void> heed_trouble();

private:
    struct Probe;
    struct Trial;
    [[nodiscard]] boost::asio::awaitable<std::shared_ptr<Probe>> look();
    [[nodiscard]] std::string silence_of(const Probe& probe) const;

    engine::Engine& engine_;
    Clock& clock_;
    std::shared_ptr<Probe> probe_; ///< the last one
    std::shared_ptr<Trial> trial_; ///< likewise
};

} // namespace crier::admin
