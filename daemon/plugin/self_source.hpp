#pragma once

#include "plugin/reader.hpp"
#include "ports/clock.hpp"
#include "ports/source.hpp"

#include <memory>
#include <string>
#include <utility>

namespace crier::plugin {

/// A source whose plugin gets its bytes by itself.
class SelfSource final : public Source {
public:
    SelfSource(std::shared_ptr<Reader> reader, std::string object, Clock& clock)
        : reader_(std::move(reader))
        , object_(std::move(object))
        , clock_(clock) {}

    boost::asio::awaitable<Result<SourceYield>> poll(std::string cursor) override;

private:
    std::shared_ptr<Reader> reader_;
    std::string object_; ///< the shared object's path
    Clock& clock_;
};

} // namespace crier::plugin
