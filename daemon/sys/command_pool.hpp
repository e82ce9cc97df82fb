#pragma once

#include "core/failure.hpp"
#include "ports/worker_pool.hpp"
#include "sys/command.hpp"
#include "sys/environment.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>
#include <vector>

namespace crier::sys {

/// Runs commands on the threads of a pool, one on each, with what programs may have of the environment.
///
/// Thread: the engine's.
/// Ownership: `pool` outlives it; what is needed of the environment is copied.
class CommandPool {
public:
    CommandPool(WorkerPool& pool, const Environment& environment)
        : pool_(pool)
        , environment_(environment.for_programs()) {}

    /// `command.environment` is what it gets besides, and over, the environment of all.
    ///
    /// Errors: those of run_command().
    /// Cancellation: terminal; the program is killed, and its end is waited for.
    [[nodiscard]] boost::asio::awaitable<Result<Ended>> run(Command command) const;

private:
    WorkerPool& pool_;
    std::vector<std::string> environment_;
};

} // namespace crier::sys
