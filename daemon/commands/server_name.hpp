#pragma once

#include "core/failure.hpp"

#include <string>

namespace crier::commands {

/// What people type for a server ("mastodon.example", "https://Mastodon.example/"), as the configuration has
/// it. `what` opens the failure's message.
[[nodiscard]] Result<std::string> read_server(const std::string& what, std::string text);

} // namespace crier::commands
