#pragma once

#include "core/failure.hpp"
#include "core/time.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace crier {

/// A program that somebody has named in the configuration, to be run to its end: by path, without a shell.
struct ProgramRun {
    std::vector<std::string> arguments;   ///< the program's absolute path first
    std::vector<std::string> environment; ///< "NAME=value": besides what every program is given; over it
    std::string input;                    ///< what it reads
    Duration timeout = std::chrono::seconds{60};
    std::size_t most_output = 1U << 20U; ///< bytes; a program that writes more is ended, and failed
    std::size_t most_memory = 0; ///< bytes of data (RLIMIT_DATA), for each of its processes; 0: no limit

    ProgramRun() = default; // no aggregate: docs/ARCHITECTURE.md, "Traps"
};

/// How it ended.
struct ProgramEnd {
    int code = 0;       ///< its exit status; 128 and the signal where one ended it
    bool late = false;  ///< it took longer than `timeout` and was ended
    std::string output; ///< all of what it wrote; not cleaned: any bytes
    std::string errors; ///< the beginning of what it wrote to its standard error, a few KiB at most; likewise

    ProgramEnd() = default;
};

/// Runs programs of this machine. What they are given of this process's environment is chosen by name: never
/// a token.
///
/// Thread: the engine's. Several calls at a time; what the runner has no thread for waits its turn.
/// Errors: not_found and permission where it cannot be started, server where it wrote more than it may,
///         temporary where this machine has no room. How a program ended is none, whatever its code.
/// Cancellation: terminal. The program's whole process group is killed, here as after `timeout`; only what
///         has left that group lives on.
class CommandRunner {
public:
    virtual ~CommandRunner() = default;
    [[nodiscard]] virtual boost::asio::awaitable<Result<ProgramEnd>> run(ProgramRun program) = 0;
};

} // namespace crier
