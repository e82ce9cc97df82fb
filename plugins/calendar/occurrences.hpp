#pragma once

#include "calendar/event.hpp"
#include "calendar/expand.hpp"
#include "calendar/steps.hpp"
#include "calendar/zones.hpp"

#include <vector>

namespace crier::calendar {

/// One time that an event takes place.
struct Occurrence {
    const Event* event = nullptr;
    const Zone* zone = nullptr; ///< where it is: by whose calendar a day before it is counted
    Instant start;
    Instant end; ///< not before the start; the same: it has none
    bool all_day = false;
};

/// Those of all events that begin in the range (and some around it, for whom that is no matter): series
/// written out, with what became of single occurrences, without what was cancelled. Of the events they keep
/// addresses.
[[nodiscard]] std::vector<Occurrence> occurrences_in(const std::vector<Event>& events, Range range,
                                                     Zones& zones, Steps& steps, Warnings& warnings);

} // namespace crier::calendar
