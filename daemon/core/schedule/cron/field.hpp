#pragma once

#include "core/schedule/cron/cron.hpp"
#include "core/schedule/cron/part.hpp"

namespace crier::schedule {

/// Reads one field of `cron` into the set of its numbers; of weekdays 0 to 6. What lies elsewhere in each
/// month (L, W, #) is added to `floating` instead.
[[nodiscard]] Result<std::bitset<64>> parse_cron_field(std::string_view cron, FieldKind kind,
                                                       std::string_view text, FloatingDays& floating);

} // namespace crier::schedule
