#pragma once

#include <string_view>

namespace crier {

/// Does the link lead somewhere else by way of a service that shortens links (t.co, bit.ly, ...)? Where to
/// cannot be read from it.
[[nodiscard]] bool is_shortened(std::string_view link);

} // namespace crier
