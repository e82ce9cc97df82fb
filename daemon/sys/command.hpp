#pragma once

#include "core/failure.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace crier::sys {

/// What becomes of output that is more than is kept.
enum class Surplus {
    drop, ///< it is read and forgotten: the program goes on
    end,  ///< the program is ended: its output is of use whole or not at all
};

/// A program to be run to its end: by path, without a shell.
struct Command {
    std::vector<std::string> arguments;   ///< the program's absolute path first
    std::vector<std::string> environment; ///< "NAME=value": all of it
    std::string input;                    ///< what it reads
    std::chrono::milliseconds timeout{30'000};
    std::size_t most_output = 4096; ///< bytes of it that are kept
    Surplus surplus = Surplus::drop;
    std::size_t most_memory = 0;    ///< bytes of data (RLIMIT_DATA), for each of its processes; 0: no limit
    bool errors_apart = false;      ///< else they stand in the output, in the order in which it wrote
    std::size_t most_errors = 4096; ///< bytes that are kept of those that are apart; the rest is dropped

    Command() = default;
};

struct Ended {
    int code = 0;       ///< its exit status; 128 and the signal where one ended it
    bool late = false;  ///< it took too long, or was not waited for: killed, with all that it started
    bool over = false;  ///< it wrote more output than is kept
    std::string output; ///< the beginning of what it wrote
    std::string errors; ///< the same of its errors, where they are apart

    Ended() = default;
};

/// Runs it in a process group of its own and waits.
///
/// Thread: any that may block; `stop` is looked at before and meanwhile, and ends it.
/// Errors: not_found and permission where it cannot be started, saying why.
[[nodiscard]] Result<Ended> run_command(const Command& command, const std::atomic<bool>& stop);

} // namespace crier::sys
