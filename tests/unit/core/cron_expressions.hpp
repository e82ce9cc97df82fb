#pragma once

#include <chrono>
#include <random>
#include <string>
#include <vector>

/// Cron expressions whose meaning is known without the parser under test: written and meant side by side.
namespace crier::schedule {

/// L, L-n, LW, nW, MON#2, FRIL.
struct FloatingPart {
    enum class Kind { from_end, last_workday, workday, nth_weekday, last_weekday };
    Kind kind;
    int number = 0;  ///< days before the last; day; n
    int weekday = 0; ///< 0 is Sunday
};

// Plain arrays: the oracle looks at some thousand million minutes, without optimization.
struct Expression {
    std::string text;
    bool seconds[60] = {};
    bool minutes[60] = {};
    bool hours[24] = {};
    bool days[32] = {};
    bool months[13] = {};
    bool weekdays[7] = {};
    std::vector<FloatingPart> floating_days;
    std::vector<FloatingPart> floating_weekdays;
    bool hours_star = false;
    bool days_star = false;
    bool weekdays_star = false;
};

/// Any fields: numbers, names, ranges, steps and lists of them; the ones that float; sometimes seconds.
[[nodiscard]] Expression random_expression(std::mt19937& random);

/// On each day, at each of these minutes of these hours, which are written as the fields say.
[[nodiscard]] Expression daily_expression(const std::string& minute_field, const std::vector<int>& minutes,
                                          const std::string& hour_field, const std::vector<int>& hours);

/// Whether it fires on this day, by the words of docs/SCHEDULE.md.
[[nodiscard]] bool fires_on(const Expression& expression, std::chrono::local_days day);

} // namespace crier::schedule
