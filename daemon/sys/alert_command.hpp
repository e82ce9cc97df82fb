#pragma once

#include "ports/alerter.hpp"
#include "ports/worker_pool.hpp"
#include "sys/environment.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace crier::sys {

/// Tells of an alert by running a program: JSON on its standard input, the same in CRIER_ALERT_KIND,
/// _SUBJECT, _TEXT, _ACTION, _SINCE and _STATE, besides what Environment::for_programs() gives.
///
/// Ownership: `pool` outlives it; what is needed of the environment is copied.
/// Errors: what it wrote, where it ends with anything but 0; also when it takes longer than `timeout`.
/// Cancellation: terminal; the program is killed.
[[nodiscard]] std::unique_ptr<Alerter>
make_command_alerter(WorkerPool& pool, std::vector<std::string> command, const Environment& environment,
                     std::chrono::milliseconds timeout = std::chrono::seconds{30});

} // namespace crier::sys
