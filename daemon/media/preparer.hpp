#pragma once

#include "ports/command_runner.hpp"
#include "ports/media_preparer.hpp"
#include "ports/worker_pool.hpp"

#include <memory>
#include <string>

namespace crier::media {

/// Files are looked at and stripped on the pool; pictures are made smaller by `program picture`, run by the
/// runner, which so bounds how many are at a time. What is made lies in `directory` (made 0700 at the first
/// use) until it is forgotten; nothing else may write there.
///
/// Ownership: pool and runner outlive it. Thread: the engine's.
[[nodiscard]] std::unique_ptr<MediaPreparer> make_preparer(WorkerPool& pool, CommandRunner& runner,
                                                           std::string program, std::string directory);

} // namespace crier::media
