#pragma once

#include "core/schedule/cron/cron.hpp"
#include "core/schedule/cron/part.hpp"

namespace crier::schedule {

/// Reads a part that lies elsewhere in each month: L, L-n, LW and nW of the day field, MON#2 and FRIL of the
/// weekday field. False when the part is none; a failure when it is one and wrong, or in the wrong field.
[[nodiscard]] Result<bool> add_floating(const CronPart& part, FloatingDays& floating);

} // namespace crier::schedule
