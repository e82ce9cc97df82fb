#pragma once

#include "sandbox/http/message.hpp"
#include "sandbox/state/world.hpp"

namespace crier::sandbox {

/// What the log keeps of a request: no token, and only the beginning of long texts.
[[nodiscard]] LogEntry log_entry(const World& world, const Request& request, Time now);

/// Well-formed UTF-8, whatever came in.
[[nodiscard]] std::string printable(std::string_view text);

} // namespace crier::sandbox
