#pragma once

#include "core/schedule/calendar.hpp"
#include "core/settings.hpp"

#include <vector>

namespace crier::schedule {

/// Up to so late, an occurrence is on time: a restart or a busy moment is no reason to drop a post.
inline constexpr Duration on_time = std::chrono::minutes{5};

/// How late an occurrence may be posted by the policy at all.
[[nodiscard]] Duration latest_by(const MissedPolicy& policy);

/// What became due since an entry was last looked at.
struct Due {
    std::vector<Instant> fire;   ///< ascending
    std::vector<Instant> missed; ///< ascending; not fired by the policy. Of a long outage only the newest
    std::size_t earlier = 0;     ///< missed ones that are not listed, as far as they were counted
};

/// Occurrences in (after, now], sorted by the missed policy (delivery rule 3). Costs by what lies within the
/// policy's `within`, not by how long the daemon was down.
[[nodiscard]] Due due_between(const Calendar& when, const Zone& zone, Instant after, Instant now,
                              const MissedPolicy& policy);

} // namespace crier::schedule
