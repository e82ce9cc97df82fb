#pragma once

#include "core/delivery/reply.hpp"

#include <string>
#include <vector>

namespace crier::commands {

/// What a server is, what it takes, and what it does in another way than Mastodon: for people, a line each.
[[nodiscard]] std::vector<std::string> server_lines(const std::string& address, const ServerProfile& server);

} // namespace crier::commands
