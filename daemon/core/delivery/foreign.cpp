#include "core/delivery/foreign.hpp"

#include "core/delivery/evidence.hpp"

#include <algorithm>

namespace crier::delivery {

std::vector<const SeenStatus*> foreign_statuses(const Timeline& page, const std::set<std::string>& ours,
                                                Instant noticed, Instant until) {
    std::vector<const SeenStatus*> foreign;
    std::optional<Instant> first;
    for (const SeenStatus& status : page.statuses)
        if (status.created && ours.count(status.id) > 0)
            first = std::min(first.value_or(*status.created), *status.created);
    if (page.sight != Sight::seen || !first)
        return foreign;
    const Instant from = std::max(*first, noticed);
    const Instant to = until + page.ahead.value_or(Duration::zero()) - clock_tolerance;
    for (const SeenStatus& status : page.statuses)
        if (!status.boost && status.created && *status.created > from && *status.created < to &&
            ours.count(status.id) == 0)
            foreign.push_back(&status);
    return foreign;
}

bool may_be(const SeenStatus& status, const Timeline& page, const Post& post, const Rules& rules) {
    Timeline alone;
    alone.sight = Sight::seen;
    alone.ahead = page.ahead;
    alone.statuses.push_back(status);
    const Finding finding = search(post, rules, alone, {}).finding;
    return finding == Finding::found || finding == Finding::two || finding == Finding::alike;
}

} // namespace crier::delivery
