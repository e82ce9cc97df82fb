#pragma once

#include "core/failure.hpp"
#include "core/settings.hpp"

#include <string_view>

namespace crier::config {

/// "127.0.0.1:8430", "[::1]:8430": a number, no name, and a port. `example`: the port that hints show.
[[nodiscard]] Result<ListenAddress> listen_address(std::string_view text, std::string_view example);

/// Nobody but this machine reaches it.
[[nodiscard]] bool is_this_machine(const ListenAddress& address);

} // namespace crier::config
