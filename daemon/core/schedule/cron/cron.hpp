#pragma once

#include "core/failure.hpp"

#include <bitset>
#include <string>
#include <string_view>

namespace crier::schedule {

/// Days that lie elsewhere in each month: what L, W and # say.
struct FloatingDays {
    std::bitset<31> from_end;     ///< L is 0, L-3 is 3
    std::bitset<32> workdays;     ///< 15W is 15; LW is 0
    std::bitset<42> nth_weekdays; ///< MON#2 is 7 * 1 + 1, weekday behind seven times n - 1; FRIL is 7 * 5 + 5
};

/// A cron expression as sets. Five fields (minute hour day month weekday), or six with seconds first; names
/// in any case; steps, ranges, lists; L, L-n, LW and nW among the days, FRIL and MON#2 among the weekdays;
/// @hourly, @daily, @weekly, @monthly, @yearly. Docs: docs/SCHEDULE.md.
///
/// Day rule of Vixie cron: when both day fields are restricted, either one matching is enough; a day field
/// that begins with `*` (also `*/2`) counts as unrestricted, and then both must match.
struct Cron {
    std::bitset<60> seconds;
    std::bitset<60> minutes;
    std::bitset<24> hours;
    std::bitset<32> days;    ///< 1 to 31
    std::bitset<13> months;  ///< 1 to 12
    std::bitset<7> weekdays; ///< 0 is Sunday
    FloatingDays floating;   ///< beside `days` and `weekdays`
    bool days_star = false;
    bool weekdays_star = false;
    bool hours_star = false; ///< `*` or `*/n`: goes by elapsed time over a daylight-saving change
    std::string text;        ///< as written

    /// The failure's message names the field and the part of it that is wrong, and what may stand there.
    [[nodiscard]] static Result<Cron> parse(std::string_view text);
};

} // namespace crier::schedule
