#pragma once

#include "plugin/reader.hpp"
#include "ports/clock.hpp"
#include "ports/source.hpp"

#include <memory>
#include <string>
#include <utility>

namespace crier::plugin {

/// A source to which others send. There is nothing to look at.
class HeardSource final : public Source {
public:
    /// `path`: where it hears, for people.
    HeardSource(std::shared_ptr<Reader> reader, std::string path, Clock& clock)
        : reader_(std::move(reader))
        , path_(std::move(path))
        , clock_(clock) {}

    /// Cause::usage.
    boost::asio::awaitable<Result<SourceYield>> poll(std::string cursor) override;
    boost::asio::awaitable<Result<SourceYield>> hear(Heard heard, std::string cursor) override;

private:
    std::shared_ptr<Reader> reader_;
    std::string path_;
    Clock& clock_;
};

} // namespace crier::plugin
