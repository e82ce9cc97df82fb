#pragma once

#include "calendar/occurrences.hpp"

namespace crier::calendar {

/// The VEVENTs with one UID.
struct Series {
    const Event* master = nullptr;     ///< null: there are changes to it alone
    std::vector<const Event*> changes; ///< with a RECURRENCE-ID, each another
};

/// By their UID; of those that stand there twice the newest.
[[nodiscard]] std::vector<Series> series_of(const std::vector<Event>& events);

} // namespace crier::calendar
