#include "core/schedule/zone/rule.hpp"
#include "core/time.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::schedule;
using namespace std::chrono_literals;

namespace {

std::chrono::sys_seconds moment(const char* text) {
    return std::chrono::floor<std::chrono::seconds>(from_rfc3339(text).value());
}

std::string text_of(const Period& period) {
    return to_rfc3339(period.begin) + " to " + to_rfc3339(period.end) + " " +
           std::to_string(period.offset.count());
}

} // namespace

BOOST_AUTO_TEST_SUITE(zone_rule)

BOOST_AUTO_TEST_CASE(names_and_offsets_are_read) {
    struct {
        const char* rule;
        const char* name;
        std::chrono::seconds offset;
    } const cases[] = {
        {"UTC0", "UTC", 0s},
        {"EST5", "EST", -5h},
        {"EST+5", "EST", -5h},
        {"<+0330>-3:30", "+0330", 3h + 30min},
        {"<-00>0", "-00", 0s},
        {"LMT-0:53:28", "LMT", 53min + 28s},
        {"FAR24:59:59", "FAR", -(24h + 59min + 59s)},
        {"abcdefgh-01", "abcdefgh", 1h},
    };
    for (const auto& c : cases) {
        const auto rule = ZoneRule::parse(c.rule);
        BOOST_TEST_REQUIRE(rule.has_value(), c.rule);
        BOOST_TEST(rule->standard.abbreviation == c.name);
        BOOST_TEST(rule->standard.offset.count() == c.offset.count(), c.rule);
        BOOST_TEST(!rule->daylight.has_value());
        BOOST_TEST(rule->setting(moment("2300-01-01T00:00:00Z")).abbreviation == c.name);
        const Period always = rule->period(moment("2300-01-01T00:00:00Z"));
        BOOST_TEST((always.begin == first_moment && always.end == last_moment));
    }
}

BOOST_AUTO_TEST_CASE(a_moment_has_its_period) {
    const char* const berlin = "CET-1CEST,M3.5.0,M10.5.0/3";
    struct {
        const char* rule;
        const char* when;
        const char* name;
        const char* period;
    } const cases[] = {
        {berlin, "2040-03-25T00:59:59Z", "CET", "2039-10-30T01:00:00Z to 2040-03-25T01:00:00Z 3600"},
        {berlin, "2040-03-25T01:00:00Z", "CEST", "2040-03-25T01:00:00Z to 2040-10-28T01:00:00Z 7200"},
        {berlin, "2040-10-28T01:00:00Z", "CET", "2040-10-28T01:00:00Z to 2041-03-31T01:00:00Z 3600"},
        {berlin, "9998-12-31T23:59:59Z", "CET", "9998-10-25T01:00:00Z to 9999-03-28T01:00:00Z 3600"},
        // In the south the year begins with summer time.
        {"AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-01-01T00:00:00Z", "AEDT",
         "2025-10-04T16:00:00Z to 2026-04-04T16:00:00Z 39600"},
        // Half an hour; the offset of summer time is given.
        {"<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2050-01-15T00:00:00Z", "+11",
         "2049-10-02T15:30:00Z to 2050-04-02T15:00:00Z 39600"},
        // Ireland's standard time is that of the summer.
        {"IST-1GMT0,M10.5.0,M3.5.0/1", "2026-01-01T00:00:00Z", "GMT",
         "2025-10-26T01:00:00Z to 2026-03-29T01:00:00Z 0"},
        // Hours before the day, and more of them than a day has.
        {"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:00:00Z", "-01",
         "2026-03-29T01:00:00Z to 2026-10-25T01:00:00Z -3600"},
        {"EET-2EEST,M3.4.4/50,M10.4.4/50", "2026-05-01T00:00:00Z", "EEST",
         "2026-03-28T00:00:00Z to 2026-10-23T23:00:00Z 10800"},
        // 60 is 1 March for one form, in a leap year 29 February's successor for the other.
        {"AAA0BBB,J60/0,J300/0", "2028-03-01T00:00:00Z", "BBB",
         "2028-03-01T00:00:00Z to 2028-10-26T23:00:00Z 3600"},
        {"AAA0BBB,J59/0,J300/0", "2028-02-28T00:00:00Z", "BBB",
         "2028-02-28T00:00:00Z to 2028-10-26T23:00:00Z 3600"},
        {"AAA0BBB,59/0,299/0", "2028-02-29T00:00:00Z", "BBB",
         "2028-02-29T00:00:00Z to 2028-10-25T23:00:00Z 3600"},
        {"AAA0BBB,59/0,299/0", "2027-03-01T00:00:00Z", "BBB",
         "2027-03-01T00:00:00Z to 2027-10-26T23:00:00Z 3600"},
        // The change of one year comes in another one.
        {"AAA0BBB,0/-48,J100/1", "2026-12-30T00:00:00Z", "BBB",
         "2026-12-30T00:00:00Z to 2027-04-10T00:00:00Z 3600"},
        {"AAA0BBB,J100/0,J365/49", "2027-01-01T23:59:59Z", "BBB",
         "2026-04-10T00:00:00Z to 2027-01-02T00:00:00Z 3600"},
        // Summer time for ever, as RFC 8536 writes it.
        {"XXX3EDT4,0/0,J365/23", "2026-07-01T00:00:00Z", "EDT",
         "2026-01-01T03:00:00Z to 2027-01-01T03:00:00Z -14400"},
        {"XXX3EDT4,0/0,J365/23", "2026-01-01T03:00:00Z", "EDT",
         "2026-01-01T03:00:00Z to 2027-01-01T03:00:00Z -14400"},
        {"XXX3EDT4,0/0,J365/23", "2028-12-31T23:59:59Z", "EDT",
         "2028-01-01T03:00:00Z to 2029-01-01T03:00:00Z -14400"},
    };
    for (const auto& c : cases) {
        const auto rule = ZoneRule::parse(c.rule);
        BOOST_TEST_REQUIRE(rule.has_value(), c.rule);
        BOOST_TEST(rule->setting(moment(c.when)).abbreviation == c.name, c.rule << " " << c.when);
        BOOST_TEST(text_of(rule->period(moment(c.when))) == c.period, c.rule << " " << c.when);
    }
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_said_with_its_place) {
    struct {
        const char* rule;
        const char* wanted;
    } const cases[] = {
        {"", "an abbreviation of three letters or more at ''"},
        {"AB1", "an abbreviation of three letters or more at 'AB1'"},
        {"<+1>1", "an abbreviation of three letters or more at '+1>1'"},
        {"<+010", "a > at ''"},
        {"<+01$>1", "a > at '$>1'"},
        {"A+01", "an abbreviation of three letters or more at 'A+01'"},
        {"CET", "hours of 0 to 24 at ''"},
        {"CET-25", "hours of 0 to 24 at '25'"},
        {"CET--1", "hours of 0 to 24 at '-1'"},
        {"CET-1:60", "minutes of 0 to 59 at '60'"},
        {"CET-1:00:60", "seconds of 0 to 59 at '60'"},
        {"CET-1:", "minutes of 0 to 59 at ''"},
        {"CET-1 ", "an abbreviation of three letters or more at ' '"},
        {"CET-1CEST", "a comma and when summer time begins at ''"},
        {"CET-1CEST,", "a date (Mm.w.d, Jn or n) at ''"},
        {"CET-1CEST,M3.5.0", "a comma and when summer time ends at ''"},
        {"CET-1CEST,M0.5.0,M10.5.0", "a month of 1 to 12 at '0.5.0,M10.5.0'"},
        {"CET-1CEST,M13.5.0,M10.5.0", "a month of 1 to 12 at '13.5.0,M10.5.0'"},
        {"CET-1CEST,M3.0.0,M10.5.0", "a week of 1 to 5 at '0.0,M10.5.0'"},
        {"CET-1CEST,M3.6.0,M10.5.0", "a week of 1 to 5 at '6.0,M10.5.0'"},
        {"CET-1CEST,M3.5.7,M10.5.0", "a weekday of 0 to 6 at '7,M10.5.0'"},
        {"CET-1CEST,M3,M10.5.0", "a dot and a week at ',M10.5.0'"},
        {"CET-1CEST,M3.5,M10.5.0", "a dot and a weekday at ',M10.5.0'"},
        {"CET-1CEST,J0,J365", "a day of 1 to 365 at '0,J365'"},
        {"CET-1CEST,J1,J366", "a day of 1 to 365 at '366'"},
        {"CET-1CEST,0,366", "a date (Mm.w.d, Jn or n) at '366'"},
        {"CET-1CEST,M3.5.0/168,M10.5.0", "hours of 0 to 167 at '168,M10.5.0'"},
        {"CET-1CEST,M3.5.0/,M10.5.0", "hours of 0 to 167 at ',M10.5.0'"},
        {"CET-1CEST,M3.5.0,M10.5.0/3x", "nothing more at 'x'"},
        {"CET-4294967297", "hours of 0 to 24 at '4294967297'"}, // 1 in 32 bits
    };
    for (const auto& c : cases) {
        const auto rule = ZoneRule::parse(c.rule);
        BOOST_TEST_REQUIRE(rule.has_error(), c.rule);
        BOOST_TEST((rule.error().cause == Cause::corrupt));
        BOOST_TEST(rule.error().message ==
                   "the rule '" + std::string{c.rule} + "' should have " + std::string{c.wanted});
    }
}

BOOST_AUTO_TEST_SUITE_END()
