// All zones of the system, held against two other readers of the same files.

#include "core/schedule/zone/zone.hpp"

#include <boost/test/unit_test.hpp>
#include <date/tz.h>

#include <cstdlib>
#include <ctime>
#include <random>

using namespace crier;
using namespace crier::schedule;
using namespace std::chrono_literals;
using std::chrono::sys_days;
using std::chrono::sys_seconds;

namespace {

std::string described(std::chrono::seconds offset, std::string_view abbreviation) {
    return std::to_string(offset.count()) + " " + std::string{abbreviation};
}

std::string ours(const Zone& zone, sys_seconds when) {
    return described(zone.offset(when), zone.abbreviation(when));
}

unsigned zone_seed() {
    const char* given = std::getenv("CRIER_TEST_SEED"); // NOLINT(concurrency-mt-unsafe): one thread
    return given == nullptr ? 20261126U : static_cast<unsigned>(std::strtoul(given, nullptr, 10));
}

std::vector<sys_seconds> random_moments(std::mt19937& random, int from_year, int to_year, int count) {
    const auto year_begin = [](int year) {
        return sys_seconds{sys_days{std::chrono::year{year} / 1 / 1}}.time_since_epoch().count();
    };
    std::uniform_int_distribution<std::int64_t> any{year_begin(from_year), year_begin(to_year) - 1};
    std::vector<sys_seconds> moments;
    for (int i = 0; i < count; ++i)
        moments.emplace_back(std::chrono::seconds{any(random)});
    return moments;
}

/// Nothing, or where date and we differ first.
std::string difference_from_date(const Zone& zone, const date::time_zone& other,
                                 const std::vector<sys_seconds>& moments) {
    const auto differs = [&](sys_seconds when, const date::sys_info& info) {
        const std::string theirs = described(info.offset, info.abbrev);
        const std::string mine = ours(zone, when);
        return mine == theirs ? std::string{} : to_rfc3339(when) + ": " + mine + ", not " + theirs;
    };
    for (const sys_seconds when : moments)
        if (std::string found = differs(when, other.get_info(when)); !found.empty())
            return found;
    const sys_seconds end = sys_days{std::chrono::year{2038} / 1 / 1};
    for (sys_seconds at = sys_days{std::chrono::year{1800} / 1 / 1}; at < end;) {
        const date::sys_info info = other.get_info(at);
        for (const sys_seconds when : {at, std::min(info.end, end) - 1s})
            if (std::string found = differs(when, info); !found.empty())
                return found;
        // Ours may be longer; it contains theirs.
        const Period period = zone.period(at);
        if (period.offset != info.offset || period.begin > at || period.end < std::min(info.end, end))
            return to_rfc3339(at) + ": the period ends at " + to_rfc3339(period.end) + ", not " +
                   to_rfc3339(info.end);
        at = info.end;
    }
    return {};
}

} // namespace

BOOST_AUTO_TEST_SUITE(zone_oracle)

BOOST_AUTO_TEST_CASE(all_zones_are_as_date_reads_them) {
    BOOST_TEST_MESSAGE("seed " << zone_seed());
    std::mt19937 random{zone_seed()};
    std::size_t compared = 0;
    for (const date::time_zone& other : date::get_tzdb().zones) {
        if (other.name() == "localtime") // the machine's, and no name of the database
            continue;
        const auto zone = Zone::find(other.name());
        BOOST_TEST(zone.has_value(), other.name());
        if (!zone)
            continue;
        const std::string difference =
            difference_from_date(*zone, other, random_moments(random, 1800, 2037, 400));
        BOOST_TEST(difference == "", other.name() << ", seed " << zone_seed() << ": " << difference);
        ++compared;
    }
    BOOST_TEST(compared > 400U);
}

// NOLINTBEGIN(concurrency-mt-unsafe): one thread
BOOST_AUTO_TEST_CASE(after_the_list_zones_are_as_glibc_has_them) {
    const char* const names[] = {
        "Africa/Cairo",        "Africa/Casablanca", "America/Asuncion", "America/Havana",
        "America/Los_Angeles", "America/Miquelon",  "America/New_York", "America/Nuuk",
        "America/Santiago",    "America/Sao_Paulo", "America/St_Johns", "Antarctica/Troll",
        "Asia/Beirut",         "Asia/Gaza",         "Asia/Jerusalem",   "Asia/Kathmandu",
        "Asia/Tehran",         "Asia/Tokyo",        "Atlantic/Azores",  "Australia/Adelaide",
        "Australia/Lord_Howe", "Australia/Sydney",  "Etc/GMT+5",        "Europe/Berlin",
        "Europe/Chisinau",     "Europe/Dublin",     "Europe/London",    "Pacific/Auckland",
        "Pacific/Chatham",     "Pacific/Easter",
    };
    BOOST_TEST_MESSAGE("seed " << zone_seed());
    std::mt19937 random{zone_seed()};
    for (const char* name : names) {
        const Zone zone = Zone::find(name).value();
        ::setenv("TZ", (":" + std::string{name}).c_str(), 1);
        ::tzset();
        std::vector<sys_seconds> moments = random_moments(random, 2037, 2101, 1000);
        const sys_seconds end = sys_days{std::chrono::year{2101} / 1 / 1};
        for (Period at = zone.period(sys_days{std::chrono::year{2037} / 1 / 1}); at.end < end;
             at = zone.period(at.end)) {
            moments.push_back(at.end - 1s);
            moments.push_back(at.end);
        }
        std::string difference;
        for (const sys_seconds when : moments) {
            const std::time_t count = when.time_since_epoch().count();
            std::tm local{};
            ::localtime_r(&count, &local);
            const std::string theirs = described(std::chrono::seconds{local.tm_gmtoff}, local.tm_zone);
            if (ours(zone, when) != theirs && difference.empty())
                difference = to_rfc3339(when) + ": " + ours(zone, when) + ", not " + theirs;
        }
        BOOST_TEST(difference == "", name << ", seed " << zone_seed() << ": " << difference);
    }
    ::unsetenv("TZ");
    ::tzset();
}
// NOLINTEND(concurrency-mt-unsafe)

BOOST_AUTO_TEST_SUITE_END()
