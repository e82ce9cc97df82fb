#include "core/schedule/zone/zone.hpp"
#include "kit/ascii.hpp"
#include "kit/date_parts.hpp"
#include "kit/zone_names.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

using namespace crier;
using kit::DateParts;

namespace {

/// All of the system's zones whose names the kit knows.
std::vector<std::string> known_zones() {
    const std::filesystem::path root = "/usr/share/zoneinfo";
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& file : std::filesystem::recursive_directory_iterator{root, error}) {
        const std::string name = file.path().lexically_relative(root).string();
        if (name.find('/') != std::string::npos && file.is_regular_file() &&
            kit::zone_by_name(kit::lowered(name)))
            names.push_back(name);
    }
    return names;
}

/// A time on a day, with the zone's rule.
DateParts wall_time(std::chrono::sys_days day, int minute, const kit::ZoneRule& rule) {
    const std::chrono::year_month_day date{day};
    DateParts parts;
    parts.year = static_cast<int>(date.year());
    parts.month = static_cast<int>(static_cast<unsigned>(date.month()));
    parts.day = static_cast<int>(static_cast<unsigned>(date.day()));
    parts.hour = minute / 60;
    parts.minute = minute % 60;
    parts.set_zone(rule);
    return parts;
}

/// The first difference in a year, as text; empty: there is none.
std::string difference(const schedule::Zone& zone, const kit::ZoneRule& rule, int year) {
    using namespace std::chrono;
    const sys_days end{std::chrono::year{year + 1} / January / 1};
    for (sys_days day{std::chrono::year{year} / January / 1}; day < end; day += days{1}) {
        // Clocks are set in the morning of a Sunday; on other days one look is enough.
        const int looks = weekday{day} == Sunday ? 12 : 1;
        for (int minute = 0; minute < looks * 30; minute += 30) {
            const auto local = local_seconds{day.time_since_epoch() + minutes{minute}};
            const schedule::LocalInfo wanted = zone.to_instant(local);
            if (wanted.kind == schedule::LocalInfo::Kind::gap)
                continue;
            const auto read = kit::instant(wall_time(day, minute, rule));
            const auto expected = duration_cast<microseconds>(wanted.first.time_since_epoch()).count();
            if (!read || *read != expected) {
                const DateParts parts = wall_time(day, minute, rule);
                return std::to_string(parts.year) + "-" + std::to_string(parts.month) + "-" +
                       std::to_string(parts.day) + " " + std::to_string(parts.hour) + ":" +
                       std::to_string(parts.minute);
            }
        }
    }
    return {};
}

} // namespace

BOOST_AUTO_TEST_SUITE(zones_by_name)

BOOST_AUTO_TEST_CASE(they_are_those_of_the_database) {
    constexpr int first = 1971; // earlier dates are none
    constexpr int last = 2026;
    constexpr std::size_t fewest = 120;
    const std::vector<std::string> names = known_zones();
    BOOST_TEST(names.size() >= fewest);
    for (const std::string& name : names) {
        const auto zone = schedule::Zone::find(name);
        BOOST_REQUIRE_MESSAGE(zone.has_value(), name);
        const kit::ZoneRule rule = *kit::zone_by_name(kit::lowered(name));
        for (int year = std::max(first, rule.since); year <= last; ++year) {
            const std::string where = difference(*zone, rule, year);
            BOOST_CHECK_MESSAGE(where.empty(), name << " is another one at " << where);
            if (!where.empty())
                break;
        }
    }
}

BOOST_AUTO_TEST_CASE(abbreviations_say_which_zone_or_none) {
    const struct {
        const char* name;
        int minutes;
    } cases[] = {{"gmt", 0},    {"z", 0},      {"cest", 120}, {"est", -300}, {"pdt", -420},
                 {"nst", -210}, {"acst", 570}, {"npt", 345},  {"et", -300},  {"eastern standard time", -300}};
    for (const auto& [name, minutes] : cases) {
        const auto rule = kit::zone_by_name(name);
        BOOST_REQUIRE_MESSAGE(rule.has_value(), name);
        BOOST_TEST(rule->minutes == minutes, name);
    }
    for (const char* name : {"", "e", "stern", "standard", "time", "est,edt", ",", "berlin", "gm", "gmtx"})
        BOOST_TEST(!kit::zone_by_name(name).has_value(), name);
    for (const char* name : {"ist", "gst"}) {
        BOOST_TEST(kit::is_ambiguous_zone(name), name);
        BOOST_TEST(!kit::zone_by_name(name).has_value(), name);
    }
    BOOST_TEST(!kit::is_ambiguous_zone("is"));
}

BOOST_AUTO_TEST_SUITE_END()
