#pragma once

#include "programs/process.hpp"

#include <cstdint>
#include <optional>

namespace crier::bench {

/// crier-bench-server as a process of its own, which goes with the object.
class NullServer {
public:
    /// Throws when it does not start.
    NullServer();

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }

private:
    test::TempDir directory_;
    std::optional<test::Process> process_;
    std::uint16_t port_ = 0;
};

} // namespace crier::bench
