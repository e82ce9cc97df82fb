#pragma once

#include "core/settings.hpp"

#include <string>

namespace crier::schedule {

/// All that an entry says of when it posts and what may keep it from that, as sentences in English; without
/// the accounts' own limits and quiet times. What has no good words is said as a list: never wrongly.
[[nodiscard]] std::string in_words(const EntrySettings& entry);

/// What the next changes of daylight saving, up to a year after `now`, do to it: a sentence for each that
/// moves, doubles or swallows one of its occurrences. Empty where none does.
[[nodiscard]] std::string clock_changes_in_words(const EntrySettings& entry, Instant now);

} // namespace crier::schedule
