#pragma once

#include "core/schedule/cron/cron.hpp"

#include <chrono>
#include <optional>

namespace crier::schedule {

/// The first day in [from, until) on which the expression fires, by its month field, both day fields and the
/// rule that joins them.
[[nodiscard]] std::optional<std::chrono::local_days> next_day(const Cron& cron, std::chrono::local_days from,
                                                              std::chrono::local_days until);

} // namespace crier::schedule
