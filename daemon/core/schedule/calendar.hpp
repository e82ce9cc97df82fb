#pragma once

#include "core/schedule/dates.hpp"
#include "core/schedule/rule.hpp"

#include <bitset>
#include <optional>
#include <utility>
#include <vector>

namespace crier::schedule {

/// When an entry fires: all that its rules yield, each moment once, but for what the rest of it leaves out.
struct Calendar {
    std::vector<Rule> rules;
    std::bitset<7> weekdays = std::bitset<7>{}.set(); ///< it fires on these alone; 0 is Sunday
    Dates only;                                       ///< and on these alone; empty: on every day
    Dates except;                                     ///< and on none of these
    std::vector<Instant> except_at;                   ///< nor at these moments; ascending
    std::optional<Instant> start;                     ///< nor before this
    std::optional<Instant> until;                     ///< nor after this

    Calendar() = default;
    explicit Calendar(Rule rule) { rules.push_back(std::move(rule)); }

    /// A list of moments and nothing else: what is past of it may be caught up with, however long ago the
    /// entry was first seen. What recurs has no past.
    [[nodiscard]] bool one_off() const;

    /// May it fire on this day?
    [[nodiscard]] bool admits(LocalDay day) const;
};

/// The first firing strictly after `after`; nothing when there is none, or 41 years of them are left out.
[[nodiscard]] std::optional<Instant> next_after(const Calendar& calendar, const Zone& zone, Instant after);

/// The last firing at or before `at`, strictly after `since`; nothing when there is none. Costs some dozens
/// of searches, however often it fires and however long ago `since` is.
[[nodiscard]] std::optional<Instant> last_until(const Calendar& calendar, const Zone& zone, Instant since,
                                                Instant at);

/// Does it fire at just this moment?
[[nodiscard]] bool fires_at(const Calendar& calendar, const Zone& zone, Instant when);

/// The first moment after which it will have fired `count` times, counted from `start` on: the last of them.
/// Nothing when there are not so many.
[[nodiscard]] std::optional<Instant> last_of(const Calendar& calendar, const Zone& zone, int count);

} // namespace crier::schedule
