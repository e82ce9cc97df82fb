#include "kit/summer_time.hpp"

#include <chrono>
#include <cstdint>

namespace crier::kit {
namespace {

constexpr int day_minutes = 24 * 60;

/// Such a Sunday at such a minute of the day; 0: the last one of the month.
struct ClockChange {
    unsigned month;
    unsigned sunday;
    int minute; ///< by standard time
};

struct SummerRule {
    ClockChange begin;
    ClockChange end;
};

SummerRule rule_of(Summer rule, const WallTime& time) {
    constexpr int two = 2 * 60;
    constexpr int one = 60;
    const int at_one_utc = one + time.minutes_ahead;
    switch (rule) {
    case Summer::america:
        if (time.year < 2007)
            return {{4, 1, two}, {10, 0, one}};
        return {{3, 2, two}, {11, 1, one}};
    case Summer::australia:
        return {{10, 1, two}, {4, 1, two}};
    case Summer::new_zealand:
        return {{9, 0, two}, {4, 1, two}};
    case Summer::europe:
    case Summer::never:
        break;
    }
    return {{3, 0, at_one_utc}, {10, 0, at_one_utc}};
}

/// Minutes since the epoch, as a clock counts them that is never set.
std::int64_t moment_of(const ClockChange& change, int year) {
    const auto month = std::chrono::year{year} / std::chrono::month{change.month};
    const std::chrono::sys_days day =
        change.sunday == 0 ? std::chrono::sys_days{month / std::chrono::Sunday[std::chrono::last]}
                           : std::chrono::sys_days{month / std::chrono::Sunday[change.sunday]};
    return std::int64_t{day.time_since_epoch().count()} * day_minutes + change.minute;
}

} // namespace

bool is_summer(Summer rule, const WallTime& time) {
    if (rule == Summer::never)
        return false;
    const std::chrono::sys_days day = std::chrono::year{time.year} /
                                      std::chrono::month{static_cast<unsigned>(time.month)} /
                                      std::chrono::day{static_cast<unsigned>(time.day)};
    // Read as summer's: so of two times the first is meant, and one that is passed over is not summer's yet.
    const std::int64_t moment = std::int64_t{day.time_since_epoch().count()} * day_minutes +
                                std::int64_t{time.hour - 1} * 60 + time.minute;
    const SummerRule changes = rule_of(rule, time);
    const bool begun = moment >= moment_of(changes.begin, time.year);
    const bool over = moment >= moment_of(changes.end, time.year);
    return changes.begin.month < changes.end.month ? begun && !over : begun || !over;
}

} // namespace crier::kit
