#pragma once

#include "core/settings.hpp"
#include "plugin/object_reader.hpp"
#include "plugin/source.hpp"
#include "ports/source.hpp"

#include <functional>
#include <memory>
#include <string>

namespace crier::plugin {

/// A source whose plugin is a shared object: what that is it says at the first look, and from then on it is
/// a source as any other.
class ObjectSource final : public Source {
public:
    ObjectSource(SourceSettings settings, SourcePorts ports, std::string moved_to);

    boost::asio::awaitable<Result<SourceYield>> poll(std::string cursor) override;
    boost::asio::awaitable<Result<SourceYield>> hear(Heard heard, std::string cursor) override;
    [[nodiscard]] bool reads_pages() const noexcept override;
    boost::asio::awaitable<Result<Item>> page(std::string link) override;
    boost::asio::awaitable<Result<>> settle(Fate fate) override;
    void watch(std::function<void()> changed) override;

private:
    [[nodiscard]] boost::asio::awaitable<Result<>> open();

    SourceSettings settings_;
    SourcePorts ports_;
    std::string moved_to_;
    std::function<void()> changed_;
    std::unique_ptr<Source> inner_;
};

} // namespace crier::plugin
