#include "calendar/zones.hpp"

#include "calendar/vtimezone.hpp"
#include "calendar/zone_file.hpp"

#include <algorithm>
#include <utility>

namespace crier::calendar {
namespace {

/// So many files of the database are read for a document; there are not so many zones.
constexpr std::size_t most_read = 600;

/// Some programs put their own name before that of the zone: "/citadel.org/20210210_1/Europe/Berlin". A last
/// part alone ("EST") may be a word of anybody's.
std::optional<Zone> zone_at_end(std::string_view id, std::chrono::year last_year) {
    for (int tries = 4; tries > 0; --tries) {
        if (auto zone = system_zone(id, last_year))
            return zone;
        const std::size_t slash = id.find('/');
        if (slash == std::string_view::npos || id.find('/', slash + 1) == std::string_view::npos)
            break;
        id.remove_prefix(slash + 1);
    }
    return std::nullopt;
}

} // namespace

Zones::Zones(const Document& document, Zone home, std::chrono::year last_year, Steps& steps,
             Warnings& warnings)
    : document_(document)
    , home_(std::move(home))
    , last_year_(last_year)
    , steps_(steps)
    , warnings_(warnings) {}

const Zone& Zones::of(const When& when) {
    if (when.kind == When::Kind::utc)
        return utc_;
    if (when.kind != When::Kind::zoned)
        return home_;
    if (const auto known = known_.find(when.zone); known != known_.end())
        return known->second;
    if (known_.size() >= most_read)
        return home_;
    auto zone = find(when.zone);
    if (!zone)
        warnings_.say("there is no zone \"" + shown(when.zone) +
                      "\", in the calendar or in the system's database; its times are read as local ones");
    return known_.emplace(when.zone, zone ? std::move(*zone) : home_).first->second;
}

std::optional<Zone> Zones::find(const std::string& id) {
    if (auto zone = zone_at_end(id, last_year_))
        return zone;
    const auto text = std::find_if(document_.zones.begin(), document_.zones.end(),
                                   [&](const ZoneText& one) { return one.id == id; });
    if (text == document_.zones.end())
        return std::nullopt;
    if (auto zone = system_zone(text->location, last_year_))
        return zone;
    return made_of(*text, last_year_, steps_, warnings_);
}

} // namespace crier::calendar
