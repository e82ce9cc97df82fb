#pragma once

#include "core/time.hpp"
#include "plugin/reader.hpp"
#include "ports/clock.hpp"
#include "ports/command_runner.hpp"
#include "ports/source.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace crier::plugin {

/// A source that is what a program writes. It is run at each look; output that is the same as at the last one
/// is unchanged, and with an empty cursor it is read in any case. It can read what it left as its cursor the
/// last time.
///
/// What it writes to its standard error is a warning where it ends with 0, and else the reason of the
/// failure.
class CommandSource final : public Source {
public:
    CommandSource(std::shared_ptr<Reader> reader, std::vector<std::string> command, Duration timeout,
                  std::size_t most_memory, CommandRunner& runner, Clock& clock)
        : reader_(std::move(reader))
        , command_(std::move(command))
        , timeout_(timeout)
        , most_memory_(most_memory)
        , runner_(runner)
        , clock_(clock) {}

    boost::asio::awaitable<Result<SourceYield>> poll(std::string cursor) override;

private:
    std::shared_ptr<Reader> reader_;
    std::vector<std::string> command_; ///< the program's absolute path first
    Duration timeout_;
    std::size_t most_memory_; ///< bytes
    CommandRunner& runner_;
    Clock& clock_;
};

} // namespace crier::plugin
