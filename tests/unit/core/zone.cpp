#include "core/schedule/zone/zone.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::schedule;

namespace {

LocalTime local(const char* text) {
    return LocalTime{std::chrono::floor<std::chrono::seconds>(from_rfc3339(std::string{text} + "Z").value())
                         .time_since_epoch()};
}

std::string local_text(const Zone& zone, const char* when) {
    const LocalTime time = zone.to_local(from_rfc3339(when).value());
    std::string text = to_rfc3339(Instant{time.time_since_epoch()});
    text.pop_back();
    return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(zone)

BOOST_AUTO_TEST_CASE(utc_is_there_without_a_database) {
    BOOST_TEST(Zone{}.name() == "UTC");
    BOOST_TEST(Zone::find("UTC").value().name() == "UTC");
    BOOST_TEST(Zone::find("Etc/UTC").value().name() == "UTC");
    BOOST_TEST(Zone{}.abbreviation({}) == "UTC");
    BOOST_TEST(local_text(Zone{}, "2026-03-29T01:30:00Z") == "2026-03-29T01:30:00");
}

BOOST_AUTO_TEST_CASE(an_unknown_zone_is_refused_with_the_one_that_was_meant) {
    const std::pair<const char*, const char*> cases[] = {
        {"Europe/Berln", "did you mean 'Europe/Berlin'?"},
        {"europe/berlin", "did you mean 'Europe/Berlin'?"},
        {"Kathmandu", "did you mean 'Asia/Kathmandu'?"},
        {"nowhere at all", "names are those of the IANA database, such as Europe/Berlin"},
        {"", "names are those of the IANA database, such as Europe/Berlin"}};
    for (const auto& [name, hint] : cases) {
        const auto zone = Zone::find(name);
        BOOST_TEST_REQUIRE(zone.has_error());
        BOOST_TEST((zone.error().cause == Cause::config));
        BOOST_TEST(zone.error().message == "there is no time zone '" + std::string{name} + "'");
        BOOST_TEST(zone.error().hint == hint);
    }
}

BOOST_AUTO_TEST_CASE(offsets_and_names_follow_the_database) {
    struct {
        const char* zone;
        const char* when;
        const char* local;
        const char* abbreviation;
    } const cases[] = {
        {"Europe/Berlin", "2026-03-29T00:59:59Z", "2026-03-29T01:59:59", "CET"},
        {"Europe/Berlin", "2026-03-29T01:00:00Z", "2026-03-29T03:00:00", "CEST"},
        {"America/New_York", "2026-11-01T05:30:00Z", "2026-11-01T01:30:00", "EDT"},
        {"America/New_York", "2026-11-01T06:30:00Z", "2026-11-01T01:30:00", "EST"},
        {"Asia/Kathmandu", "2026-01-01T00:00:00Z", "2026-01-01T05:45:00", "+0545"},
        {"Pacific/Apia", "2011-12-30T09:59:59Z", "2011-12-29T23:59:59", "-10"},
        {"Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31T00:00:00", "+14"},
        {"Australia/Lord_Howe", "2026-10-03T15:30:00Z", "2026-10-04T02:30:00", "+11"},
        // Past the last year that the zone files list.
        {"Europe/Berlin", "2040-07-01T12:00:00Z", "2040-07-01T14:00:00", "CEST"},
        {"Europe/Berlin", "2040-03-25T00:59:59Z", "2040-03-25T01:59:59", "CET"},
        {"Europe/Berlin", "2040-03-25T01:00:00Z", "2040-03-25T03:00:00", "CEST"},
        {"Europe/Berlin", "2044-10-30T00:59:59Z", "2044-10-30T02:59:59", "CEST"},
        {"Europe/Berlin", "2044-10-30T01:00:00Z", "2044-10-30T02:00:00", "CET"},
        {"America/New_York", "2039-03-13T06:59:59Z", "2039-03-13T01:59:59", "EST"},
        {"America/New_York", "2039-03-13T07:00:00Z", "2039-03-13T03:00:00", "EDT"},
        {"Australia/Lord_Howe", "2050-01-15T00:00:00Z", "2050-01-15T11:00:00", "+11"},
        {"Asia/Kathmandu", "2060-01-01T00:00:00Z", "2060-01-01T05:45:00", "+0545"},
        {"Europe/Berlin", "9999-07-01T00:00:00Z", "9999-07-01T02:00:00", "CEST"},
        // Before the first one: local mean time.
        {"Europe/Berlin", "1800-01-01T00:00:00Z", "1800-01-01T00:53:28", "LMT"},
        // Links and names without a city.
        {"Europe/Kyiv", "2026-07-01T00:00:00Z", "2026-07-01T03:00:00", "EEST"},
        {"US/Eastern", "2026-07-01T00:00:00Z", "2026-06-30T20:00:00", "EDT"},
        {"Etc/GMT+5", "2026-07-01T00:00:00Z", "2026-06-30T19:00:00", "-05"},
        {"EST5EDT", "2050-07-01T00:00:00Z", "2050-06-30T20:00:00", "EDT"},
    };
    for (const auto& c : cases) {
        const Zone zone = Zone::find(c.zone).value();
        BOOST_TEST(zone.name() == c.zone);
        BOOST_TEST(local_text(zone, c.when) == c.local, c.zone << " " << c.when);
        BOOST_TEST(zone.abbreviation(from_rfc3339(c.when).value()) == c.abbreviation,
                   c.zone << " " << c.when);
    }
}

BOOST_AUTO_TEST_CASE(local_times_are_unique_left_out_or_said_twice) {
    using Kind = LocalInfo::Kind;
    struct {
        const char* zone;
        const char* local;
        Kind kind;
        const char* first;
        const char* second;
    } const cases[] = {
        {"UTC", "2026-03-29T02:30:00", Kind::unique, "2026-03-29T02:30:00Z", "2026-03-29T02:30:00Z"},
        {"Europe/Berlin", "2026-03-29T01:59:59", Kind::unique, "2026-03-29T00:59:59Z",
         "2026-03-29T00:59:59Z"},
        {"Europe/Berlin", "2026-03-29T02:00:00", Kind::gap, "2026-03-29T01:00:00Z", "2026-03-29T01:00:00Z"},
        {"Europe/Berlin", "2026-03-29T02:59:59", Kind::gap, "2026-03-29T01:00:00Z", "2026-03-29T01:00:00Z"},
        {"Europe/Berlin", "2026-03-29T03:00:00", Kind::unique, "2026-03-29T01:00:00Z",
         "2026-03-29T01:00:00Z"},
        {"Europe/Berlin", "2026-10-25T02:30:00", Kind::overlap, "2026-10-25T00:30:00Z",
         "2026-10-25T01:30:00Z"},
        {"Europe/Berlin", "2040-03-25T02:30:00", Kind::gap, "2040-03-25T01:00:00Z", "2040-03-25T01:00:00Z"},
        {"Europe/Berlin", "2040-03-01T00:00:00", Kind::unique, "2040-02-29T23:00:00Z",
         "2040-02-29T23:00:00Z"},
        {"Pacific/Apia", "2011-12-30T12:00:00", Kind::gap, "2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z"},
        {"Australia/Lord_Howe", "2026-04-05T01:45:00", Kind::overlap, "2026-04-04T14:45:00Z",
         "2026-04-04T15:15:00Z"},
    };
    for (const auto& c : cases) {
        const LocalInfo info = Zone::find(c.zone).value().to_instant(local(c.local));
        BOOST_TEST((info.kind == c.kind), c.zone << " " << c.local);
        BOOST_TEST(to_rfc3339(info.first) == c.first, c.zone << " " << c.local);
        BOOST_TEST(to_rfc3339(info.second) == c.second, c.zone << " " << c.local);
    }
}

BOOST_AUTO_TEST_CASE(periods_follow_one_another_to_the_end_of_the_calendar) {
    for (const char* name : {"UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu"}) {
        const Zone zone = Zone::find(name).value();
        Period at = zone.period(std::chrono::sys_seconds::min());
        BOOST_TEST((at.begin == first_moment), name);
        while (at.end != last_moment) {
            const Period next = zone.period(at.end);
            BOOST_TEST_REQUIRE((next.begin == at.end && next.end > next.begin && next.offset != at.offset),
                               name << " " << to_rfc3339(at.end));
            at = next;
        }
        BOOST_TEST((zone.period(std::chrono::sys_seconds::max()).begin == at.begin), name);
    }
}

BOOST_AUTO_TEST_CASE(local_times_beyond_the_calendar_are_unique) {
    const Zone zone = Zone::find("Europe/Berlin").value();
    for (const LocalTime far : {LocalTime{first_moment.time_since_epoch()} - std::chrono::years{1},
                                LocalTime{last_moment.time_since_epoch()},
                                LocalTime{last_moment.time_since_epoch()} + std::chrono::years{1}}) {
        const LocalInfo info = zone.to_instant(far);
        BOOST_TEST((info.kind == LocalInfo::Kind::unique));
        BOOST_TEST((zone.to_local(info.first) == far));
    }
}

BOOST_AUTO_TEST_SUITE_END()
