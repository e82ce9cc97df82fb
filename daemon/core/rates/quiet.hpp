#pragma once

#include "core/settings.hpp"

#include <optional>

namespace crier::rates {

/// When the quiet hours end that `when` lies in; nothing: it lies in none. By the local clock of their zone,
/// also where that is put forward or back.
[[nodiscard]] std::optional<Instant> quiet_until(const QuietHours& quiet, Instant when);

/// `when`, or the end of the quiet hours that it falls into.
[[nodiscard]] Instant after_quiet(const Limits& limits, Instant when);

} // namespace crier::rates
