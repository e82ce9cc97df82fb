#pragma once

#include "core/schedule/dates.hpp"
#include "core/text/plain.hpp"
#include "core/time.hpp"

#include <bitset>
#include <string>
#include <string_view>
#include <vector>

/// What sentences about schedules are made of. English alone, as all that crier says.
namespace crier::schedule {

using text::enumerate;

/// "1 hour", "2 days 30 minutes": exact. Weeks are days.
[[nodiscard]] std::string duration_words(Duration duration);

/// "1 minute", "5 minutes".
[[nodiscard]] std::string count_words(std::int64_t count, std::string_view unit);

/// "09:00", "09:00:30": seconds only where there are some.
[[nodiscard]] std::string clock_words(std::chrono::seconds of_day);

/// "2026-12-01".
[[nodiscard]] std::string day_words(LocalDay day);

/// "Tuesday 2026-12-01 at 09:00", as the zone's clocks show it; one that they show twice with its
/// abbreviation.
[[nodiscard]] std::string moment_words(Instant when, const Zone& zone);

/// Bit 0 is Sunday; said from Monday on: "Mondays and Fridays", "weekdays (Monday to Friday)"; "no day".
[[nodiscard]] std::string weekdays_words(std::bitset<7> weekdays);

/// Weekdays in the order of speech: Monday is 1, Sunday the last and 0.
inline constexpr std::size_t week_from_monday[] = {1, 2, 3, 4, 5, 6, 0};

/// "Monday"; 0 is Sunday.
[[nodiscard]] std::string weekday_name(std::size_t weekday);

/// "December"; 1 is January.
[[nodiscard]] std::string month_name(std::size_t month);

/// Neighbours in a set, both in it.
struct Neighbours {
    std::size_t first;
    std::size_t last;
};

/// The members of a set, ascending; those that are neighbours together.
template <std::size_t N>
[[nodiscard]] std::vector<Neighbours> neighbours(const std::bitset<N>& set) {
    std::vector<Neighbours> found;
    for (std::size_t member = 0; member < N; ++member) {
        if (!set[member])
            continue;
        if (!found.empty() && found.back().last + 1 == member)
            found.back().last = member;
        else
            found.push_back({member, member});
    }
    return found;
}

/// The members of a set by their names; three neighbours and more as "a to b".
template <std::size_t N, class Name>
[[nodiscard]] std::vector<std::string> members(const std::bitset<N>& set, const Name& name) {
    std::vector<std::string> found;
    for (const Neighbours& some : neighbours(set)) {
        found.push_back(name(some.first));
        if (some.last > some.first + 1)
            found.back() += " to " + name(some.last);
        else if (some.last > some.first)
            found.push_back(name(some.last));
    }
    return found;
}

} // namespace crier::schedule
