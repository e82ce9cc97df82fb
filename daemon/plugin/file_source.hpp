#pragma once

#include "plugin/reader.hpp"
#include "ports/clock.hpp"
#include "ports/source.hpp"

#include <memory>
#include <string>
#include <utility>

namespace crier::plugin {

/// A source that is a file of this machine.
class FileSource final : public Source {
public:
    FileSource(std::shared_ptr<Reader> reader, std::string path, Clock& clock)
        : reader_(std::move(reader))
        , path_(std::move(path))
        , clock_(clock) {}

    boost::asio::awaitable<Result<SourceYield>> poll(std::string cursor) override;

private:
    std::shared_ptr<Reader> reader_;
    std::string path_;
    Clock& clock_;
};

} // namespace crier::plugin
