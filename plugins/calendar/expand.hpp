#pragma once

#include "calendar/rule.hpp"
#include "calendar/steps.hpp"

#include <functional>

namespace crier::calendar {

/// From, and to before.
struct Range {
    Wall from;
    Wall to;
};

/// Hands over the occurrences of a rule that are in the range, in their order; the start is one of them
/// whatever the rule says. `until`: the last that there may be. `take` says false when it has enough.
///
/// Days are held against the rule one by one, from the range's begin on; with COUNT from the rule's. Each
/// costs steps. False: there were none left, and the rest is missing.
[[nodiscard]] bool expand(const Rule& rule, Wall start, Wall until, Range range, Steps& steps,
                          const std::function<bool(Wall)>& take);

} // namespace crier::calendar
