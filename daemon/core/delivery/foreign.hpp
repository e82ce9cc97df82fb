#pragma once

#include "core/delivery/machine.hpp"
#include "core/delivery/sighting.hpp"

#include <set>
#include <string>
#include <vector>

/// Statuses on an account's page that crier did not make (docs/DELIVERY.md, "Limits"). Pure.
namespace crier::delivery {

/// Those that are newer than the oldest of ours that the page shows, newer than `noticed` (by the server's
/// clock) and older than `until` (by ours): from there on the post that is looked for may be one of them.
/// `ours`: the ids on the page that the store has. Pointers into the page, newest first; boosts are not
/// shown on it.
[[nodiscard]] std::vector<const SeenStatus*>
foreign_statuses(const Timeline& page, const std::set<std::string>& ours, Instant noticed, Instant until);

/// The status may be the post, which is in doubt.
[[nodiscard]] bool may_be(const SeenStatus& status, const Timeline& page, const Post& post,
                          const Rules& rules);

} // namespace crier::delivery
