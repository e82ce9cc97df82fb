#pragma once

#include "core/time.hpp"
#include "plugin/instance.hpp"
#include "ports/command_runner.hpp"
#include "ports/source.hpp"
#include "ports/worker_pool.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace crier::plugin {

/// A source that is what a program writes. It is run at each look; output that is the same as at the last one
/// is unchanged, and with an empty cursor it is read in any case.
///
/// What it writes to its standard error is a warning where it ends with 0, and else the reason of the
/// failure.
class CommandSource final : public Source {
public:
    CommandSource(std::shared_ptr<Instance> instance, std::vector<std::string> command, Duration timeout,
                  CommandRunner& runner, WorkerPool& pool)
        : instance_(std::move(instance))
        , command_(std::move(command))
        , timeout_(timeout)
        , runner_(runner)
        , pool_(pool) {}

    boost::asio::awaitable<Result<SourceYield>> poll(std::string cursor) override;

private:
    std::shared_ptr<Instance> instance_;
    std::vector<std::string> command_; ///< the program's absolute path first
    Duration timeout_;
    CommandRunner& runner_;
    WorkerPool& pool_;
};

} // namespace crier::plugin
