#include "core/schedule/words/cron.hpp"

namespace crier::schedule {
namespace {

/// "at 09:00" leaves open on which days, "every hour" does not.
bool asks_for_days(const Cron& cron) {
    return !cron.hours.all();
}

} // namespace

std::string cron_words(const Cron& cron) {
    const std::string day_part = cron_day_words(cron);
    const bool names_days = day_part.starts_with("on ");
    std::string text = cron_time_words(cron);
    if (!names_days && asks_for_days(cron))
        text += " every day";
    return day_part.empty() ? text : text + " " + day_part;
}

} // namespace crier::schedule
