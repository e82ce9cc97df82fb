#pragma once

#include "ports/command_runner.hpp"
#include "ports/worker_pool.hpp"
#include "sys/environment.hpp"

#include <memory>

namespace crier::sys {

/// Programs on the threads of a pool, which should do nothing else: each has one for as long as it runs.
///
/// Ownership: `pool` outlives it; what is needed of the environment is copied.
[[nodiscard]] std::unique_ptr<CommandRunner> make_command_runner(WorkerPool& pool,
                                                                 const Environment& environment);

} // namespace crier::sys
