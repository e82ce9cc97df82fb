#pragma once

#include "plugin/instance.hpp"
#include "ports/source.hpp"
#include "ports/worker_pool.hpp"

#include <memory>
#include <string>
#include <utility>

namespace crier::plugin {

/// A source that is a file of this machine.
class FileSource final : public Source {
public:
    FileSource(std::shared_ptr<Instance> instance, std::string path, WorkerPool& pool)
        : instance_(std::move(instance))
        , path_(std::move(path))
        , pool_(pool) {}

    boost::asio::awaitable<Result<SourceYield>> poll(std::string cursor) override;

private:
    std::shared_ptr<Instance> instance_;
    std::string path_;
    WorkerPool& pool_;
};

} // namespace crier::plugin
