#pragma once

#include "core/schedule/cron/cron.hpp"
#include "core/schedule/cron/part.hpp"

namespace crier::schedule {

/// Reads one field of `cron` into the set of its numbers; of weekdays 0 to 6. What lies elsewhere in each
/// month (L, W, #) is added to `floating` instead.
[[nodiscard]] Result<std::bitset<64>> parse_cron_field(std::string_view cron, FieldKind kind,
                                                       std::string_view text, FloatingDays& floating);

/// The pieces between any of `separators`; two in a row have an empty one between them.
[[nodiscard]] std::vector<std::string_view> split_cron(std::string_view text, std::string_view separators);

} // namespace crier::schedule
