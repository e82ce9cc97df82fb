#include "calendar/series.hpp"

#include <algorithm>
#include <tuple>

namespace crier::calendar {
namespace {

/// Those that say of the same thing stand together, the newest last.
auto place_of(const Event& event) {
    const Wall replaced = event.replaces ? event.replaces->wall : Wall{};
    const Wall stamp = event.stamp ? event.stamp->wall : Wall{};
    return std::tuple{event.replaces.has_value(), replaced, event.sequence, stamp};
}

bool same_thing(const Event& a, const Event& b) {
    return a.replaces.has_value() == b.replaces.has_value() &&
           (!a.replaces || a.replaces->wall == b.replaces->wall);
}

void add_series(std::vector<const Event*> events, std::vector<Series>& all) {
    std::stable_sort(events.begin(), events.end(),
                     [](const Event* a, const Event* b) { return place_of(*a) < place_of(*b); });
    Series series;
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (i + 1 < events.size() && same_thing(*events[i], *events[i + 1]))
            continue; // there is a newer one
        if (events[i]->replaces)
            series.changes.push_back(events[i]);
        else
            series.master = events[i];
    }
    all.push_back(std::move(series));
}

} // namespace

std::vector<Series> series_of(const std::vector<Event>& events) {
    std::vector<const Event*> sorted;
    sorted.reserve(events.size());
    for (const Event& event : events)
        sorted.push_back(&event);
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const Event* a, const Event* b) { return a->uid < b->uid; });
    std::vector<Series> all;
    for (auto begin = sorted.begin(); begin != sorted.end();) {
        auto end = begin + 1;
        // Without a UID none belongs to another.
        while (end != sorted.end() && !(*begin)->uid.empty() && (*end)->uid == (*begin)->uid)
            ++end;
        add_series({begin, end}, all);
        begin = end;
    }
    return all;
}

} // namespace crier::calendar
