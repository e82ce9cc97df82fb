#pragma once

#include "core/schedule/cron/cron.hpp"
#include "core/schedule/zone/zone.hpp"

#include <optional>

namespace crier::schedule {

/// The first moment strictly after `after` at which the expression fires. Nothing when none comes within 41
/// years, which means that none ever does.
[[nodiscard]] std::optional<Instant> cron_after(const Cron& cron, const Zone& zone, Instant after);

} // namespace crier::schedule
