#pragma once

#include "core/schedule/forecast.hpp"

#include <vector>

namespace crier::schedule {

/// What is foreseen of one entry.
struct Upcoming {
    Foreseen foreseen;
    bool alone = false; ///< too far ahead to look at the other entries: `leaves` is as if there were none
};

/// The next `count` firings of an entry after `now`, each on all of its accounts, by when they are due; fewer
/// where it ends before. `entry` is one of the settings'.
///
/// The accounts' limits go by what all entries post, for a year ahead at most and for as many firings as take
/// a moment to compute.
[[nodiscard]] std::vector<Upcoming> upcoming(const Settings& settings, const EntrySettings& entry,
                                             const Forecast::TableOf& tables, Instant now, int count);

} // namespace crier::schedule
