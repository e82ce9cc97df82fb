#pragma once

#include "config/scope.hpp"

namespace crier::config {

/// `alerts`: who is told, and of what.
[[nodiscard]] AlertSettings read_alerts(Scope& scope, const GivenNode& given, const Path& path);

} // namespace crier::config
