#pragma once

#include "core/delivery/reply.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace crier::engine {

/// A server's profile as the store keeps it between runs (a JSON object).
[[nodiscard]] std::string profile_to_text(const ServerProfile& profile);

/// Nothing when there is none, or when it was kept by a version that wrote it otherwise.
[[nodiscard]] std::optional<ServerProfile> profile_from_text(std::string_view text);

} // namespace crier::engine
