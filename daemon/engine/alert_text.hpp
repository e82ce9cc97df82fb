#pragma once

#include "ports/alerter.hpp"

namespace crier::engine {

/// The alert as it is delivered.
[[nodiscard]] Alert alert_of(const AlertState& state, AlertWord word);

/// What `crier alerts test` sends.
[[nodiscard]] Alert test_alert(Instant now);

} // namespace crier::engine
