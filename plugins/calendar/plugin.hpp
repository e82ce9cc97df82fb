#pragma once

#include "sdk/crier_plugin.h"

namespace crier::calendar {

/// Reads calendars (.ics, RFC 5545): reminders of their events, due before, at or after them.
[[nodiscard]] const crier_plugin& table() noexcept;

} // namespace crier::calendar
