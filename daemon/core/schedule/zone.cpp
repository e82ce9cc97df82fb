#include "core/schedule/zone.hpp"

#include "core/nearest.hpp"

#include <date/tz.h>

#include <algorithm>
#include <stdexcept>

namespace crier::schedule {
namespace {

using std::chrono::days;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;

/// No zone has an offset near this, and none ever skipped or repeated more than a day.
constexpr seconds widest_change = std::chrono::hours{26};

const date::time_zone& table(const void* zone) {
    return *static_cast<const date::time_zone*>(zone);
}

sys_seconds limited(date::sys_seconds when) {
    // date's own "for ever" is beyond what a 64-bit count of microseconds holds.
    constexpr auto most = sys_days{std::chrono::year{9999} / 12 / 31};
    constexpr auto least = sys_days{std::chrono::year{-9999} / 1 / 1};
    return std::clamp<sys_seconds>(when, least, most);
}

/// The year that begins with the March of or before this moment.
std::chrono::year march_year(sys_seconds when) {
    const std::chrono::year_month_day date{std::chrono::floor<days>(when)};
    return date.month() < std::chrono::March ? date.year() - std::chrono::years{1} : date.year();
}

sys_days first_of_march(std::chrono::year year) {
    return year / 3 / 1;
}

struct Found {
    Period period;
    std::string abbreviation;
};

Found look_up(const void* zone, sys_seconds when) {
    const date::sys_info info = table(zone).get_info(when);
    return {{limited(info.begin), limited(info.end), info.offset}, info.abbrev};
}

/// The zone files list changes up to 2037 and give the rule for later ones in a form that date does not
/// read. Such rules go by weekdays (the last Sunday of March), so a year of the list in which 1 March is the
/// same weekday has the same ones.
Found find(const void* zone, sys_seconds when) {
    constexpr std::chrono::year last_listed{2037};
    Found found = look_up(zone, when);
    const bool past_list = march_year(found.period.begin) == last_listed &&
                           found.period.end >= sys_days{std::chrono::year{9999} / 12 / 31};
    if (!past_list)
        return found;
    const std::chrono::year year = march_year(when);
    if (year < last_listed)
        return found;
    std::chrono::year like = last_listed - std::chrono::years{1};
    const std::chrono::weekday wanted{first_of_march(year)};
    while (std::chrono::weekday{first_of_march(like)} != wanted)
        --like;
    const auto shift = first_of_march(year) - first_of_march(like);
    found = look_up(zone, when - shift);
    const sys_seconds begin = first_of_march(year);
    const sys_seconds end = first_of_march(year + std::chrono::years{1});
    found.period.begin = std::max(found.period.begin + shift, begin);
    found.period.end = std::min(found.period.end + shift, end);
    return found;
}

/// "Berlin" means Europe/Berlin; else the nearest name.
std::string suggestion(std::string_view name) {
    const date::tzdb& zones = date::get_tzdb();
    std::vector<std::string_view> names;
    names.reserve(zones.zones.size());
    for (const date::time_zone& zone : zones.zones)
        names.emplace_back(zone.name());
    std::vector<std::string_view> cities;
    for (const std::string_view known : names)
        cities.push_back(known.substr(known.rfind('/') + 1));
    if (const std::string whole = nearest(name, names); !whole.empty())
        return whole;
    const std::string city = nearest(name, cities);
    for (const std::string_view known : names)
        if (!city.empty() && known.size() > city.size() && known.substr(known.rfind('/') + 1) == city)
            return std::string{known};
    return {};
}

} // namespace

Result<Zone> Zone::find(std::string_view name) {
    if (name == "UTC" || name == "Etc/UTC")
        return Zone{};
    try {
        date::get_tzdb();
    } catch (const std::runtime_error& error) {
        return Failure{Cause::unsupported, "the time zones cannot be read: " + std::string{error.what()},
                       "install the package tzdata"};
    }
    Zone zone;
    try {
        const date::time_zone* found = date::locate_zone(name);
        found->get_info(date::sys_seconds{}); // reads the zone's file, which may be broken
        zone.zone_ = found;
    } catch (const std::runtime_error&) {
        const std::string near = suggestion(name);
        return Failure{Cause::config, "there is no time zone '" + std::string{name} + "'",
                       near.empty() ? "names are those of the IANA database, such as Europe/Berlin"
                                    : "did you mean '" + near + "'?"};
    }
    return zone;
}

Zone Zone::find_or_utc(std::string_view name) {
    const Result<Zone> found = find(name);
    return found ? *found : Zone{};
}

Period Zone::period(sys_seconds when) const {
    if (zone_ == nullptr)
        return {sys_days{std::chrono::year{-9999} / 1 / 1}, sys_days{std::chrono::year{9999} / 12 / 31},
                seconds{0}};
    return schedule::find(zone_, when).period;
}

seconds Zone::offset(Instant when) const {
    return zone_ == nullptr ? seconds{0} : period(std::chrono::floor<seconds>(when)).offset;
}

std::string Zone::abbreviation(Instant when) const {
    if (zone_ == nullptr)
        return "UTC";
    return schedule::find(zone_, std::chrono::floor<seconds>(when)).abbreviation;
}

LocalTime Zone::to_local(Instant when) const {
    return LocalTime{(std::chrono::floor<seconds>(when) + offset(when)).time_since_epoch()};
}

LocalInfo Zone::to_instant(LocalTime local) const {
    const sys_seconds as_utc{local.time_since_epoch()};
    if (zone_ == nullptr)
        return {LocalInfo::Kind::unique, as_utc, as_utc};
    std::optional<Instant> first;
    std::optional<Instant> second;
    Instant gap_end{};
    for (Period at = period(as_utc - widest_change);; at = period(at.end)) {
        const sys_seconds candidate = as_utc - at.offset;
        if (candidate >= at.begin && candidate < at.end)
            (first ? second : first) = candidate;
        else if (candidate < at.begin && !first && gap_end == Instant{})
            gap_end = at.begin; // it came too late, and the one before ended too early
        if (at.end > as_utc + widest_change)
            break;
    }
    if (!first)
        return {LocalInfo::Kind::gap, gap_end, gap_end};
    if (!second)
        return {LocalInfo::Kind::unique, *first, *first};
    return {LocalInfo::Kind::overlap, *first, *second};
}

std::string_view Zone::name() const noexcept {
    return zone_ == nullptr ? std::string_view{"UTC"} : std::string_view{table(zone_).name()};
}

} // namespace crier::schedule
