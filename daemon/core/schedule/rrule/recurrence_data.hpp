#pragma once

#include "core/schedule/rrule/recurrence.hpp"
#include "core/schedule/rrule/rrule.hpp"

#include <vector>

namespace crier::schedule {

/// What a text says, with its times in the zone that it was parsed for.
struct Recurrence::Data {
    struct Bounded {
        Rrule rule;
        Instant until = Instant::max(); ///< the last moment that counts; of COUNT its last occurrence
    };

    std::string text;
    LocalTime start;
    std::vector<Bounded> rules;
    std::vector<Instant> extra;    ///< RDATE, ascending
    std::vector<Instant> excluded; ///< EXDATE, ascending
    std::vector<std::chrono::local_days> excluded_days;
};

} // namespace crier::schedule
