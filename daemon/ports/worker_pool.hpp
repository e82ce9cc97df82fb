#pragma once

#include <boost/asio/awaitable.hpp>

#include <functional>

namespace crier {

/// Where work that blocks or takes long (parsing a big feed, reading a directory) leaves the engine's thread.
///
/// Thread: run() is called on the engine's thread and resumes there; `work` runs on one of the pool's, so it
/// must touch nothing of the engine.
/// Errors: `work` must not throw what it expects to happen; what it throws all the same comes out of run().
class WorkerPool {
public:
    virtual ~WorkerPool() = default;
    [[nodiscard]] virtual boost::asio::awaitable<void> run(std::function<void()> work) = 0;
};

} // namespace crier
