#pragma once

#include "core/schedule/cron/part.hpp"

#include <optional>

/// What other programs' schedules have and this cron has not: named, with what to write instead.
namespace crier::schedule {

/// Of a part of a field that was not understood.
[[nodiscard]] std::optional<Failure> refuse_foreign(const CronPart& part);

/// Of a whole expression, without blanks around it, and the words that it consists of.
[[nodiscard]] std::optional<Failure> refuse_foreign(std::string_view cron,
                                                    const std::vector<std::string_view>& words);

} // namespace crier::schedule
