#pragma once

#include "calendar/event.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace crier::calendar {

/// Summer or winter time of a VTIMEZONE.
struct Observance {
    std::optional<When> start;
    std::optional<std::chrono::seconds> from;
    std::optional<std::chrono::seconds> to;
    std::vector<Rule> rules;
    std::vector<When> extra;
};

/// A VTIMEZONE.
struct ZoneText {
    std::string id;
    std::string location; ///< X-LIC-LOCATION: its name in the zone database
    std::vector<Observance> observances;
};

/// What is in an .ics file: events in its order, those that broke off left out.
struct Document {
    std::vector<Event> events;
    std::vector<ZoneText> zones;
    std::string zone_name;    ///< X-WR-TIMEZONE
    bool is_calendar = false; ///< it has a VCALENDAR, or an event without one
};

[[nodiscard]] Document read_document(std::string_view bytes, Warnings& warnings);

} // namespace crier::calendar
