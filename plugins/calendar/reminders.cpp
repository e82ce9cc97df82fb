#include "calendar/reminders.hpp"

#include <algorithm>
#include <cstdio>
#include <tuple>

namespace crier::calendar {
namespace {

using namespace std::chrono;

Instant due_of(const Occurrence& one, const Lead& lead, const Options& options) {
    const Instant base = options.from_end ? one.end : one.start;
    Wall wall = one.zone->wall_of(base);
    if (one.all_day)
        wall = floor<days>(wall) + options.at;
    // By the calendar, so that a day before six o'clock is six o'clock.
    const bool as_it_is = lead.span.days == days{0} && !one.all_day;
    return (as_it_is ? base : one.zone->instant_of(wall - lead.span.days)) - lead.span.rest;
}

/// As RFC 3339 has it.
std::string written(Instant when) {
    const auto day = floor<days>(when);
    const year_month_day date{day};
    const hh_mm_ss clock{when - day};
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    return text;
}

std::int64_t in_microseconds(Instant when) {
    return microseconds{when.time_since_epoch()}.count();
}

} // namespace

sdk::Item Reminder::item(const Options& options) const {
    sdk::Item item = of->event->item;
    const std::string& uid = of->event->uid;
    item.id = (uid.empty() ? item.title : uid) + "/" + written(of->start) + "/" + lead->text() +
              (options.from_end ? "/end" : "");
    item.published = in_microseconds(of->start);
    if (of->end > of->start)
        item.updated = in_microseconds(of->end);
    item.due = in_microseconds(due);
    // Who comes late does not remind of what is over.
    if (of->end > due && !lead->is_after())
        item.expires = in_microseconds(of->end);
    return item;
}

std::vector<Reminder> reminders_of(const std::vector<Occurrence>& occurrences, const Options& options,
                                   Instant first, Instant last, std::size_t most, Warnings& warnings) {
    std::vector<Reminder> all;
    for (const Occurrence& one : occurrences)
        for (const Lead& lead : options.leads)
            if (const Instant due = due_of(one, lead, options); due >= first && due <= last)
                all.push_back({&one, &lead, due});
    const auto later = [](const Reminder& a, const Reminder& b) {
        return std::tuple{a.due, a.of->start, std::string_view{a.of->event->uid}} >
               std::tuple{b.due, b.of->start, std::string_view{b.of->event->uid}};
    };
    std::stable_sort(all.begin(), all.end(), later);
    if (all.size() > most) {
        warnings.say("there are " + std::to_string(all.size()) + " reminders within the horizon; the " +
                     std::to_string(most) + " that come first were taken");
        all.erase(all.begin(), all.end() - static_cast<std::ptrdiff_t>(most));
    }
    return all;
}

} // namespace crier::calendar
