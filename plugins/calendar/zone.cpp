#include "calendar/zone.hpp"

#include <algorithm>

namespace crier::calendar {

using std::chrono::seconds;

Zone::Zone(seconds before, std::vector<Change> changes)
    : before_(before)
    , changes_(std::move(changes)) {
    std::stable_sort(changes_.begin(), changes_.end(),
                     [](const Change& a, const Change& b) { return a.at < b.at; });
}

seconds Zone::ahead_at(Instant when) const {
    const auto next = std::upper_bound(changes_.begin(), changes_.end(), when,
                                       [](Instant at, const Change& change) { return at < change.at; });
    return next == changes_.begin() ? before_ : std::prev(next)->ahead;
}

Wall Zone::wall_of(Instant when) const {
    return Wall{(when + ahead_at(when)).time_since_epoch()};
}

Instant Zone::instant_of(Wall time) const {
    // No clock is a day ahead or behind, and none is set twice within two days.
    const Instant as_utc{time.time_since_epoch()};
    const seconds earlier = ahead_at(as_utc - std::chrono::days{1});
    const seconds later = ahead_at(as_utc + std::chrono::days{1});
    if (ahead_at(as_utc - earlier) != earlier && ahead_at(as_utc - later) == later)
        return as_utc - later;
    return as_utc - earlier;
}

} // namespace crier::calendar
