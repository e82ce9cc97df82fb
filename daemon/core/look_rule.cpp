#include "core/look_rule.hpp"

#include <algorithm>
#include <chrono>

namespace crier {

namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr Duration longest_step = hours{24};
constexpr std::uint32_t all_hours = (1U << 24U) - 1;
constexpr std::uint32_t all_days = (1U << 7U) - 1;

bool is_skipped(const LookRule& rule, std::chrono::sys_time<hours> hour) {
    const auto day = std::chrono::floor<days>(hour);
    const auto of_day = static_cast<std::uint32_t>((hour - day).count());
    const std::uint32_t weekday = std::chrono::weekday{day}.c_encoding();
    return (rule.skip_hours >> of_day & 1U) != 0 || (rule.skip_days >> weekday & 1U) != 0;
}

} // namespace

Instant next_step(const LookRule& rule, Instant now, Instant earliest) {
    if (rule.step <= Duration::zero())
        return earliest;
    const Duration step = std::min(rule.step, longest_step);
    if (!rule.base)
        return std::max(earliest, now + step);
    const Duration into = (earliest - *rule.base) % step; // negative where the base is still to come
    return into == Duration::zero() ? earliest
                                    : earliest - into + (into > Duration::zero() ? step : Duration::zero());
}

Instant not_skipped(const LookRule& rule, Instant now, Instant when) {
    if ((rule.skip_hours & all_hours) == all_hours || (rule.skip_days & all_days) == all_days)
        return std::max(when, now + longest_step);
    const auto begin = std::chrono::floor<hours>(when);
    auto hour = begin;
    while (is_skipped(rule, hour)) // a week at most: some hour of some day is allowed
        ++hour;
    return hour == begin ? when : Instant{hour};
}

} // namespace crier
