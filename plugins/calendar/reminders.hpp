#pragma once

#include "calendar/occurrences.hpp"
#include "calendar/options.hpp"

namespace crier::calendar {

/// An occurrence and a lead, as an item that is due then.
struct Reminder {
    const Occurrence* of = nullptr;
    const Lead* lead = nullptr;
    Instant due;

    [[nodiscard]] sdk::Item item(const Options& options) const;
};

/// Those that are due from `first` to `last`, the latest first. They keep addresses of both lists. So many at
/// the most: the soonest.
[[nodiscard]] std::vector<Reminder> reminders_of(const std::vector<Occurrence>& occurrences,
                                                 const Options& options, Instant first, Instant last,
                                                 std::size_t most, Warnings& warnings);

} // namespace crier::calendar
