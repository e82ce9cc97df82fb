#pragma once

#include "core/schedule/cron/cron.hpp"

#include <string>

namespace crier::schedule {

/// When an expression fires, to be read behind "it fires": "at 09:00 on Mondays". Made from its sets, not
/// from its text, so what is written in two ways is said in one.
[[nodiscard]] std::string cron_words(const Cron& cron);

/// The part of it that says the times of day: "at 09:00", "every 15 minutes from 09:00 to 17:59".
[[nodiscard]] std::string cron_time_words(const Cron& cron);

/// The part of it that says the days, and the months: "on Mondays in December"; empty: every day.
[[nodiscard]] std::string cron_day_words(const Cron& cron);

} // namespace crier::schedule
