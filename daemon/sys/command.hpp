#pragma once

#include "core/failure.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace crier::sys {

/// A program to be run to its end: by path, without a shell.
struct Command {
    std::vector<std::string> arguments;   ///< the program's absolute path first
    std::vector<std::string> environment; ///< "NAME=value": all of it
    std::string input;                    ///< what it reads
    std::chrono::milliseconds timeout{30'000};
    std::size_t most_output =
        4096; ///< bytes of its output and errors that are kept; the rest is read and dropped

    Command() = default;
};

struct Ended {
    int code = 0;       ///< its exit status; 128 and the signal where one ended it
    bool late = false;  ///< it took too long, or was not waited for: killed, with all that it started
    std::string output; ///< the beginning of what it wrote

    Ended() = default;
};

/// Runs it in a process group of its own and waits.
///
/// Thread: any that may block; `stop` is looked at meanwhile, and ends it.
/// Errors: not_found and permission where it cannot be started, saying why.
[[nodiscard]] Result<Ended> run_command(const Command& command, const std::atomic<bool>& stop);

} // namespace crier::sys
