#pragma once

#include "core/delivery/sighting.hpp"
#include "core/post.hpp"
#include "core/settings.hpp"

#include <set>
#include <string>
#include <vector>

/// Whether an account's page shows the work of a life that the store knows nothing of: then the store, or the
/// machine, was put back (delivery rule 20). Pure.
namespace crier::delivery {

/// The statuses that no attempt known to the store can have made: newer than its last sign of life, by as
/// much as one on its way may have taken and clocks differ, and not among `ours`.
[[nodiscard]] std::vector<const SeenStatus*> unknown_statuses(const Timeline& page, Instant last_alive,
                                                              const std::set<std::string>& ours,
                                                              const DeliveryTuning& tuning);

/// The one of them that tells: it bears our application's name, or has the words of a post that was never
/// tried. Null: none does. One with the words of a post that was tried is that post's, and a matter of
/// evidence. `posts`: those of the account that are not published.
[[nodiscard]] const SeenStatus* telling(const std::vector<const SeenStatus*>& unknown,
                                        const std::string& application, const std::vector<Post>& posts);

} // namespace crier::delivery
