#pragma once

#include "core/failure.hpp"
#include "core/schedule/zone/zone.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace crier::schedule {

/// A weekday of a rule, and which one of the month or year: 2TU is the second Tuesday, -1FR the last Friday.
struct NthWeekday {
    std::chrono::weekday weekday;
    int nth = 0; ///< 0: every one
};

/// The longest that is searched for the next occurrence: 29 February on a given weekday comes round in 28
/// years, and over 2100 in 40.
inline constexpr std::chrono::days rrule_horizon{366 * 41};

/// Here every rule ends. A COUNT of 100,000 years would leave what std::chrono::year can hold.
inline constexpr std::chrono::local_days rrule_end{std::chrono::year{2501} / 1 / 1};

/// One RRULE as lists (RFC 5545, 3.3.10), with what it leaves to its start written out: the time of day, and
/// the day when no part names one. Lists ascend without doubles; an empty one does not restrict.
struct Rrule {
    enum class Frequency { secondly, minutely, hourly, daily, weekly, monthly, yearly };
    static constexpr std::string_view frequency_names[] = {"SECONDLY", "MINUTELY", "HOURLY", "DAILY",
                                                           "WEEKLY",   "MONTHLY",  "YEARLY"};

    Frequency frequency = Frequency::daily;
    int interval = 1;
    std::chrono::weekday week_start = std::chrono::Monday;
    std::optional<int> count;

    /// The end as it is written: a moment, a local time, or (`until_day`) all of the day of that local time.
    std::optional<Instant> until_instant;
    std::optional<LocalTime> until_local;
    bool until_day = false;

    LocalTime start;
    std::vector<int> months;     ///< 1 to 12
    std::vector<int> week_nos;   ///< 1 to 53, or from the year's end -53 to -1
    std::vector<int> year_days;  ///< 1 to 366 or -366 to -1
    std::vector<int> month_days; ///< 1 to 31 or -31 to -1
    std::vector<NthWeekday> weekdays;
    std::vector<int> hours;     ///< 0 to 23
    std::vector<int> minutes;   ///< 0 to 59
    std::vector<int> seconds;   ///< 0 to 59
    std::vector<int> positions; ///< BYSETPOS, 1 to 366 or -366 to -1

    /// Whether the number of a weekday counts in the month, not in the year.
    [[nodiscard]] bool counts_in_month() const { return frequency == Frequency::monthly || !months.empty(); }

    /// Reads "FREQ=MONTHLY;BYDAY=2TU". The failure's message and hint say what is wrong, without the text of
    /// the whole.
    [[nodiscard]] static Result<Rrule> parse(std::string_view value, LocalTime start);
};

} // namespace crier::schedule
