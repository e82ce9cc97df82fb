#pragma once

#include "sandbox/http/message.hpp"
#include "sandbox/state/world.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace crier::sandbox {

/// Every request comes through here: written into the log, met by its fault, checked, answered.
class Server final : public Handler {
public:
    /// `machine_time`: what the world's clock is moved against.
    Server(World& world, std::function<Time()> machine_time);

    Outcome handle(Request& request) override;
    void finished(std::uint64_t number) override;
    [[nodiscard]] std::uint64_t most_body() const override { return world_.settings.body_bytes; }
    [[nodiscard]] std::optional<std::uint64_t> cut_after(const Request& head, std::uint64_t length) override;

private:
    /// A request that is not over.
    struct Open {
        std::optional<Fault> fault;
        bool counted = false; ///< in the rate windows
    };
    Outcome carry_out(Request& request, Open& open, Time now);
    void note(Request& request, Open& open, Time now);

    World& world_;
    std::function<Time()> machine_time_;
    std::map<std::uint64_t, Open> open_;
};

} // namespace crier::sandbox
