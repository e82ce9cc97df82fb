#include "core/schedule/rrule/recurrence.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::schedule;
using namespace std::chrono_literals;

namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::year_month_day;

Recurrence read(const std::string& text, const Zone& zone, const char* start = nullptr) {
    std::optional<LocalTime> from;
    if (start != nullptr)
        from = LocalTime{
            std::chrono::floor<std::chrono::seconds>(from_rfc3339(start).value()).time_since_epoch()};
    return Recurrence::parse(text, from, zone).value();
}

/// The local times of the first `count` occurrences after `after`, and "..." when there are more.
std::string occurrences(const Recurrence& rule, const Zone& zone, Instant after, int count) {
    std::string text;
    auto next = recurrence_after(rule, zone, after);
    for (; next && count > 0; --count, next = recurrence_after(rule, zone, *next)) {
        std::string local = to_rfc3339(Instant{zone.to_local(*next).time_since_epoch()});
        local.pop_back();
        text += (text.empty() ? "" : " ") + local;
    }
    return next ? text + " ..." : text;
}

std::string two_digits(unsigned number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

/// The days of the first `count` occurrences, all of which have to be at 09:00: "1997-09: 2-4 9, 1997-10: 1
/// ...".
std::string at_nine(const Recurrence& rule, const Zone& zone, int count) {
    std::string text;
    std::string month;
    std::optional<local_days> begin;
    std::optional<local_days> end;
    const auto flush = [&] {
        if (!begin)
            return;
        const year_month_day first{*begin};
        const auto number = [](local_days day) {
            return std::to_string(static_cast<unsigned>(year_month_day{day}.day()));
        };
        const std::string here = std::to_string(static_cast<int>(first.year())) + "-" +
                                 two_digits(static_cast<unsigned>(first.month()));
        text += here == month ? " " : (text.empty() ? "" : ", ") + here + ": ";
        month = here;
        text += *begin == *end ? number(*begin) : number(*begin) + "-" + number(*end);
    };
    auto next = recurrence_after(rule, zone, Instant{} - days{36500});
    for (; next && count > 0; --count, next = recurrence_after(rule, zone, *next)) {
        const LocalTime local = zone.to_local(*next);
        const auto day = std::chrono::floor<days>(local);
        if (local - day != 9h)
            return "not at nine";
        if (!end || day != *end + days{1} || year_month_day{day}.day() == std::chrono::day{1}) {
            flush();
            begin = day;
        }
        end = day;
    }
    flush();
    return next ? text + " ..." : text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(recurrence)

// All examples of RFC 5545, 3.8.5.3 that are at one time of the day.
BOOST_AUTO_TEST_CASE(the_examples_of_the_rfc_fall_on_its_days) {
    struct {
        const char* start;
        const char* rule;
        int count;
        const char* expected;
    } const cases[] = {
        {"19970902", "FREQ=DAILY;COUNT=10", 100, "1997-09: 2-11"},
        {"19970902", "FREQ=DAILY;UNTIL=19971224T000000Z", 200,
         "1997-09: 2-30, 1997-10: 1-31, 1997-11: 1-30, 1997-12: 1-23"},
        {"19970902", "FREQ=DAILY;INTERVAL=2", 47,
         "1997-09: 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30, 1997-10: 2 4 6 8 10 12 14 16 18 20 22 24 26 28 "
         "30, "
         "1997-11: 1 3 5 7 9 11 13 15 17 19 21 23 25 27 29, 1997-12: 1 3 ..."},
        {"19970902", "FREQ=DAILY;INTERVAL=10;COUNT=5", 100, "1997-09: 2 12 22, 1997-10: 2 12"},
        {"19980101", "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA", 200,
         "1998-01: 1-31, 1999-01: 1-31, 2000-01: 1-31"},
        {"19980101", "FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1", 200,
         "1998-01: 1-31, 1999-01: 1-31, 2000-01: 1-31"},
        {"19970902", "FREQ=WEEKLY;COUNT=10", 100, "1997-09: 2 9 16 23 30, 1997-10: 7 14 21 28, 1997-11: 4"},
        {"19970902", "FREQ=WEEKLY;UNTIL=19971224T000000Z", 100,
         "1997-09: 2 9 16 23 30, 1997-10: 7 14 21 28, 1997-11: 4 11 18 25, 1997-12: 2 9 16 23"},
        {"19970902", "FREQ=WEEKLY;INTERVAL=2;WKST=SU", 13,
         "1997-09: 2 16 30, 1997-10: 14 28, 1997-11: 11 25, 1997-12: 9 23, 1998-01: 6 20, 1998-02: 3 17 ..."},
        {"19970902", "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH", 100,
         "1997-09: 2 4 9 11 16 18 23 25 30, 1997-10: 2"},
        {"19970902", "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", 100,
         "1997-09: 2 4 9 11 16 18 23 25 30, 1997-10: 2"},
        {"19970901", "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR", 100,
         "1997-09: 1 3 5 15 17 19 29, 1997-10: 1 3 13 15 17 27 29 31, 1997-11: 10 12 14 24 26 28, "
         "1997-12: 8 10 12 22"},
        {"19970902", "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", 100,
         "1997-09: 2 4 16 18 30, 1997-10: 2 14 16"},
        {"19970905", "FREQ=MONTHLY;COUNT=10;BYDAY=1FR", 100,
         "1997-09: 5, 1997-10: 3, 1997-11: 7, 1997-12: 5, 1998-01: 2, 1998-02: 6, 1998-03: 6, 1998-04: 3, "
         "1998-05: 1, 1998-06: 5"},
        {"19970905", "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR", 100,
         "1997-09: 5, 1997-10: 3, 1997-11: 7, 1997-12: 5"},
        {"19970907", "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU", 100,
         "1997-09: 7 28, 1997-11: 2 30, 1998-01: 4 25, 1998-03: 1 29, 1998-05: 3 31"},
        {"19970922", "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", 100,
         "1997-09: 22, 1997-10: 20, 1997-11: 17, 1997-12: 22, 1998-01: 19, 1998-02: 16"},
        {"19970928", "FREQ=MONTHLY;BYMONTHDAY=-3", 6,
         "1997-09: 28, 1997-10: 29, 1997-11: 28, 1997-12: 29, 1998-01: 29, 1998-02: 26 ..."},
        {"19970902", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15", 100,
         "1997-09: 2 15, 1997-10: 2 15, 1997-11: 2 15, 1997-12: 2 15, 1998-01: 2 15"},
        {"19970930", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", 100,
         "1997-09: 30, 1997-10: 1 31, 1997-11: 1 30, 1997-12: 1 31, 1998-01: 1 31, 1998-02: 1"},
        {"19970910", "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,\r\n 13,14,15", 100,
         "1997-09: 10-15, 1999-03: 10-13"},
        {"19970902", "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU", 18,
         "1997-09: 2 9 16 23 30, 1997-11: 4 11 18 25, 1998-01: 6 13 20 27, 1998-03: 3 10 17 24 31 ..."},
        {"19970610", "FREQ=YEARLY;COUNT=10;BYMONTH=6,7", 100,
         "1997-06: 10, 1997-07: 10, 1998-06: 10, 1998-07: 10, 1999-06: 10, 1999-07: 10, 2000-06: 10, "
         "2000-07: 10, 2001-06: 10, 2001-07: 10"},
        {"19970310", "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3", 100,
         "1997-03: 10, 1999-01: 10, 1999-02: 10, 1999-03: 10, 2001-01: 10, 2001-02: 10, 2001-03: 10, "
         "2003-01: 10, 2003-02: 10, 2003-03: 10"},
        {"19970101", "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200", 100,
         "1997-01: 1, 1997-04: 10, 1997-07: 19, 2000-01: 1, 2000-04: 9, 2000-07: 18, 2003-01: 1, 2003-04: "
         "10, "
         "2003-07: 19, 2006-01: 1"},
        {"19970519", "FREQ=YEARLY;BYDAY=20MO", 3, "1997-05: 19, 1998-05: 18, 1999-05: 17 ..."},
        {"19970512", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", 3, "1997-05: 12, 1998-05: 11, 1999-05: 17 ..."},
        {"19970313", "FREQ=YEARLY;BYMONTH=3;BYDAY=TH", 11,
         "1997-03: 13 20 27, 1998-03: 5 12 19 26, 1999-03: 4 11 18 25 ..."},
        {"19970605", "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8", 39,
         "1997-06: 5 12 19 26, 1997-07: 3 10 17 24 31, 1997-08: 7 14 21 28, 1998-06: 4 11 18 25, "
         "1998-07: 2 9 16 23 30, 1998-08: 6 13 20 27, 1999-06: 3 10 17 24, 1999-07: 1 8 15 22 29, "
         "1999-08: 5 12 19 26 ..."},
        {"19970902", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13\nEXDATE;TZID=America/New_York:19970902T090000", 5,
         "1998-02: 13, 1998-03: 13, 1998-11: 13, 1999-08: 13, 2000-10: 13 ..."},
        {"19970913", "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13", 10,
         "1997-09: 13, 1997-10: 11, 1997-11: 8, 1997-12: 13, 1998-01: 10, 1998-02: 7, 1998-03: 7, 1998-04: "
         "11, "
         "1998-05: 9, 1998-06: 13 ..."},
        {"19961105", "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;\r\n BYMONTHDAY=2,3,4,5,6,7,8", 3,
         "1996-11: 5, 2000-11: 7, 2004-11: 2 ..."},
        {"19970904", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", 100,
         "1997-09: 4, 1997-10: 7, 1997-11: 6"},
        {"19970929", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", 7,
         "1997-09: 29, 1997-10: 30, 1997-11: 27, 1997-12: 30, 1998-01: 29, 1998-02: 26, 1998-03: 30 ..."},
        {"19970805", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", 100, "1997-08: 5 10 19 24"},
        {"19970805", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", 100, "1997-08: 5 17 19 31"},
        {"20070115", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", 100,
         "2007-01: 15 30, 2007-02: 15, 2007-03: 15 30"},
    };
    const Zone zone = Zone::find("America/New_York").value();
    for (const auto& c : cases) {
        const std::string text =
            "DTSTART;TZID=America/New_York:" + std::string{c.start} + "T090000\r\nRRULE:" + c.rule;
        BOOST_TEST(at_nine(read(text, zone), zone, c.count) == c.expected, c.rule);
    }
}

BOOST_AUTO_TEST_CASE(the_examples_of_the_rfc_within_a_day_are_at_its_times) {
    struct {
        const char* rule;
        int count;
        const char* expected;
    } const cases[] = {
        // The RFC lists 15:00 too; but 17:00Z is 13:00 in New York. It means 21:00Z (as its errata say).
        {"FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z", 9, "1997-09-02T09:00:00 1997-09-02T12:00:00"},
        {"FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T210000Z", 9,
         "1997-09-02T09:00:00 1997-09-02T12:00:00 1997-09-02T15:00:00"},
        {"FREQ=MINUTELY;INTERVAL=15;COUNT=6", 9,
         "1997-09-02T09:00:00 1997-09-02T09:15:00 1997-09-02T09:30:00 1997-09-02T09:45:00 "
         "1997-09-02T10:00:00 "
         "1997-09-02T10:15:00"},
        {"FREQ=MINUTELY;INTERVAL=90;COUNT=4", 9,
         "1997-09-02T09:00:00 1997-09-02T10:30:00 1997-09-02T12:00:00 1997-09-02T13:30:00"},
    };
    const Zone zone = Zone::find("America/New_York").value();
    for (const auto& c : cases)
        BOOST_TEST(occurrences(read(c.rule, zone, "1997-09-02T09:00:00Z"), zone, Instant{}, c.count) ==
                       c.expected,
                   c.rule);

    std::string expected;
    for (const char* day : {"1997-09-02T", "1997-09-03T"})
        for (unsigned hour = 9; hour <= 16; ++hour)
            for (const char* minute : {":00:00", ":20:00", ":40:00"})
                expected += day + two_digits(hour) + minute + " ";
    for (const char* rule : {"FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40",
                             "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16"})
        BOOST_TEST(occurrences(read(rule, zone, "1997-09-02T09:00:00Z"), zone, Instant{}, 48) ==
                       expected + "...",
                   rule);
}

BOOST_AUTO_TEST_CASE(texts_come_in_many_forms) {
    const Zone berlin = Zone::find("Europe/Berlin").value();
    const std::string expected = "2026-12-08T09:00:00 2027-01-12T09:00:00 ...";
    for (const char* text : {
             "FREQ=MONTHLY;BYDAY=2TU",
             "rrule:freq=monthly;byday=2tu;",
             "  RRULE:FREQ=MONTHLY;BYDAY=+2TU  \n",
             "DTSTART;TZID=Europe/Berlin:20261201T090000\nRRULE:FREQ=MONTHLY;BYDAY=2TU\n",
             "RRULE:FREQ=MONTHLY;BYDAY=2TU\r\nDTSTART;TZID=\"Europe/Berlin\":20261201T090000\r\n",
             "DTSTART:20261201T080000Z\n\nRRULE:FREQ=MON\n THLY;BY\n\tDAY=2TU",
             "DTSTART:20261201T090000\nFREQ=MONTHLY;BYDAY=2TU",
             "DTSTART;VALUE=DATE-TIME:20261201T090000\nRRULE;X-NOTE=1:FREQ=MONTHLY;BYDAY=2TU",
         }) {
        const Recurrence rule = read(text, berlin, "2026-12-01T09:00:00Z");
        BOOST_TEST(occurrences(rule, berlin, from_rfc3339("2026-11-01T00:00:00Z").value(), 2) == expected,
                   text);
        BOOST_TEST((rule.start() == LocalTime{local_days{std::chrono::year{2026} / 12 / 1} + 9h}));
    }
    BOOST_TEST(read(" RRULE:FREQ=DAI\n LY \r\n\nDTSTART:20261201T080000", berlin).text() ==
               "RRULE:FREQ=DAILY DTSTART:20261201T080000");
    // The text's own start goes before the one beside it; a date begins at midnight.
    const Recurrence own =
        read("DTSTART;VALUE=DATE:20261205\nRRULE:FREQ=DAILY", berlin, "2026-12-01T09:00:00Z");
    BOOST_TEST(occurrences(own, berlin, Instant{}, 1) == "2026-12-05T00:00:00 ...");
}

BOOST_AUTO_TEST_CASE(what_a_rule_leaves_open_its_start_says) {
    struct {
        const char* rule;
        const char* start;
        int count;
        const char* expected;
    } const cases[] = {
        // A start that the rule does not give does not fire, nor is it counted.
        {"FREQ=WEEKLY;BYDAY=MO;COUNT=2", "2026-12-01T09:00:00Z", 5,
         "2026-12-07T09:00:00 2026-12-14T09:00:00"},
        {"FREQ=DAILY;BYHOUR=17,9;BYMINUTE=30", "2026-12-01T10:00:05Z", 3,
         "2026-12-01T17:30:05 2026-12-02T09:30:05 2026-12-02T17:30:05 ..."},
        {"FREQ=HOURLY", "2026-12-01T22:20:10Z", 3,
         "2026-12-01T22:20:10 2026-12-01T23:20:10 2026-12-02T00:20:10 ..."},
        {"FREQ=MONTHLY", "2026-12-31T09:00:00Z", 3,
         "2026-12-31T09:00:00 2027-01-31T09:00:00 2027-03-31T09:00:00 ..."},
        {"FREQ=YEARLY", "2024-02-29T09:00:00Z", 2, "2024-02-29T09:00:00 2028-02-29T09:00:00 ..."},
        {"FREQ=YEARLY;BYWEEKNO=1", "2026-12-02T09:00:00Z", 2, "2027-01-06T09:00:00 2028-01-05T09:00:00 ..."},
        {"FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO", "2024-12-01T09:00:00Z", 2,
         "2024-12-30T09:00:00 2025-12-29T09:00:00 ..."},
        {"FREQ=YEARLY;BYMONTHDAY=13", "2026-11-01T09:00:00Z", 2,
         "2026-11-13T09:00:00 2026-12-13T09:00:00 ..."},
        // The frequencies that expand a part and those that it limits name the same days.
        {"FREQ=MONTHLY;BYMONTHDAY=1,2,3,4;BYDAY=1FR", "2026-12-01T09:00:00Z", 2,
         "2026-12-04T09:00:00 2027-01-01T09:00:00 ..."},
        {"FREQ=YEARLY;BYMONTHDAY=1,2,3,4;BYDAY=1FR", "2026-12-01T09:00:00Z", 2,
         "2027-01-01T09:00:00 2030-01-04T09:00:00 ..."},
        {"FREQ=YEARLY;BYMONTH=12,1;BYMONTHDAY=1,2,3,4;BYDAY=1FR", "2026-12-01T09:00:00Z", 2,
         "2026-12-04T09:00:00 2027-01-01T09:00:00 ..."},
        {"FREQ=YEARLY;BYYEARDAY=32,60,61;BYMONTH=2,3;BYMONTHDAY=1", "2026-12-01T09:00:00Z", 4,
         "2027-02-01T09:00:00 2027-03-01T09:00:00 2028-02-01T09:00:00 2028-03-01T09:00:00 ..."},
        {"FREQ=YEARLY;BYYEARDAY=366,-366", "2026-12-01T09:00:00Z", 2,
         "2028-01-01T09:00:00 2028-12-31T09:00:00 ..."},
        {"FREQ=YEARLY;BYYEARDAY=-1,-2;BYDAY=-1FR", "2026-12-01T09:00:00Z", 2,
         "2027-12-31T09:00:00 2032-12-31T09:00:00 ..."},
        {"FREQ=YEARLY;BYDAY=53TH,53FR", "2026-12-01T09:00:00Z", 2,
         "2026-12-31T09:00:00 2027-12-31T09:00:00 ..."},
        {"FREQ=YEARLY;BYWEEKNO=53,-53;BYDAY=FR,SA", "2026-12-01T09:00:00Z", 3,
         "2027-01-01T09:00:00 2027-01-02T09:00:00 2032-01-02T09:00:00 ..."},
        {"FREQ=YEARLY;BYWEEKNO=1;BYMONTH=12;BYDAY=MO,TU,WE", "2024-12-01T09:00:00Z", 3,
         "2024-12-30T09:00:00 2024-12-31T09:00:00 2025-12-29T09:00:00 ..."},
        {"FREQ=YEARLY;WKST=SU;BYWEEKNO=1;BYDAY=SU", "2024-12-01T09:00:00Z", 2,
         "2024-12-29T09:00:00 2026-01-04T09:00:00 ..."},
        {"FREQ=DAILY;BYMONTHDAY=-1", "2026-12-01T09:00:00Z", 2,
         "2026-12-31T09:00:00 2027-01-31T09:00:00 ..."},
        {"FREQ=HOURLY;INTERVAL=5;BYHOUR=9,14", "2026-12-01T09:00:00Z", 3,
         "2026-12-01T09:00:00 2026-12-01T14:00:00 2026-12-06T09:00:00 ..."},
        {"FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=-1", "2026-12-01T09:00:00Z", 2,
         "2026-12-01T09:00:00 2026-12-08T09:00:00 ..."},
        {"FREQ=DAILY;BYHOUR=8,12,16;BYSETPOS=1,-1", "2026-12-01T09:00:00Z", 3,
         "2026-12-01T16:00:00 2026-12-02T08:00:00 2026-12-02T16:00:00 ..."},
        {"FREQ=MINUTELY;BYSECOND=60,0", "2026-12-01T09:00:00Z", 3,
         "2026-12-01T09:00:00 2026-12-01T09:00:59 2026-12-01T09:01:00 ..."},
        {"FREQ=SECONDLY;BYMONTH=3", "2026-12-01T09:00:00Z", 2, "2027-03-01T00:00:00 2027-03-01T00:00:01 ..."},
        {"FREQ=SECONDLY;INTERVAL=86401;BYHOUR=9;BYMINUTE=0", "2026-12-01T09:00:00Z", 2,
         "2026-12-01T09:00:00 2026-12-02T09:00:01 ..."},
        {"FREQ=YEARLY;UNTIL=20281201", "2026-12-01T23:30:00Z", 5,
         "2026-12-01T23:30:00 2027-12-01T23:30:00 2028-12-01T23:30:00"},
        {"RRULE:FREQ=DAILY;COUNT=2\nRRULE:FREQ=WEEKLY;COUNT=2", "2026-12-01T09:00:00Z", 5,
         "2026-12-01T09:00:00 2026-12-02T09:00:00 2026-12-08T09:00:00"},
    };
    for (const auto& c : cases)
        BOOST_TEST(occurrences(read(c.rule, Zone{}, c.start), Zone{}, Instant{}, c.count) == c.expected,
                   c.rule);
}

BOOST_AUTO_TEST_CASE(dates_are_added_and_taken_away) {
    const Zone berlin = Zone::find("Europe/Berlin").value();
    struct {
        const char* lines;
        const char* expected;
    } const cases[] = {
        {"EXDATE:20261202T090000", "2026-12-01T09:00:00 2026-12-03T09:00:00"},
        {"EXDATE;TZID=Europe/Berlin:20261201T090000,20261203T090000", "2026-12-02T09:00:00"},
        {"EXDATE:20261202T080000Z\nEXDATE:20261203T080000Z", "2026-12-01T09:00:00"},
        {"EXDATE:20261202T100000", "2026-12-01T09:00:00 2026-12-02T09:00:00 2026-12-03T09:00:00"},
        {"EXDATE;VALUE=DATE:20261202", "2026-12-01T09:00:00 2026-12-03T09:00:00"},
        {"RDATE:20261202T080000Z", "2026-12-01T09:00:00 2026-12-02T09:00:00 2026-12-03T09:00:00"},
        {"RDATE:20261224T180000,20261120T100000",
         "2026-11-20T10:00:00 2026-12-01T09:00:00 2026-12-02T09:00:00 2026-12-03T09:00:00 "
         "2026-12-24T18:00:00"},
        {"RDATE;VALUE=DATE:20261206\nEXDATE;VALUE=DATE:20261201,20261202",
         "2026-12-03T09:00:00 2026-12-06T09:00:00"},
        {"RDATE:20261206T100000\nEXDATE;VALUE=DATE:20261206,20261201\nEXDATE:20261203T090000",
         "2026-12-02T09:00:00"},
    };
    for (const auto& c : cases) {
        const Recurrence rule =
            read("DTSTART:20261201T090000\nRRULE:FREQ=DAILY;COUNT=3\n" + std::string{c.lines}, berlin);
        BOOST_TEST(occurrences(rule, berlin, Instant{}, 9) == c.expected, c.lines);
    }
}

// 29 March 2026 has no 02:00 to 02:59 in Berlin, 25 October has it twice.
BOOST_AUTO_TEST_CASE(local_times_go_over_a_change_of_the_clocks) {
    const Zone berlin = Zone::find("Europe/Berlin").value();
    struct {
        const char* rule;
        const char* start;
        const char* after;
        int count;
        const char* expected;
    } const cases[] = {
        {"FREQ=DAILY", "2026-03-01T02:30:00Z", "2026-03-27T12:00:00Z", 3,
         "2026-03-28T02:30:00 2026-03-29T03:00:00 2026-03-30T02:30:00 ..."},
        {"FREQ=DAILY", "2026-03-01T02:30:00Z", "2026-10-24T12:00:00Z", 2,
         "2026-10-25T02:30:00 2026-10-26T02:30:00 ..."},
        {"FREQ=HOURLY;INTERVAL=1", "2026-03-01T00:30:00Z", "2026-03-29T00:00:00Z", 4,
         "2026-03-29T01:30:00 2026-03-29T03:00:00 2026-03-29T03:30:00 2026-03-29T04:30:00 ..."},
        {"FREQ=MINUTELY;INTERVAL=15", "2026-03-01T00:00:00Z", "2026-03-29T00:44:00Z", 3,
         "2026-03-29T01:45:00 2026-03-29T03:00:00 2026-03-29T03:15:00 ..."},
        {"FREQ=MINUTELY;INTERVAL=30", "2026-03-01T00:00:00Z", "2026-10-24T23:59:00Z", 3,
         "2026-10-25T02:00:00 2026-10-25T02:30:00 2026-10-25T03:00:00 ..."},
        // Asked in the second of both hours, and at its begin.
        {"FREQ=SECONDLY", "2026-03-01T00:00:00Z", "2026-10-25T01:10:00Z", 2,
         "2026-10-25T03:00:00 2026-10-25T03:00:01 ..."},
        {"FREQ=SECONDLY", "2026-03-01T00:00:00Z", "2026-10-25T00:59:59Z", 1, "2026-10-25T03:00:00 ..."},
        // Nothing of the hour that is left out but once.
        {"FREQ=SECONDLY", "2026-03-01T00:00:00Z", "2026-03-29T00:59:58Z", 3,
         "2026-03-29T01:59:59 2026-03-29T03:00:00 2026-03-29T03:00:01 ..."},
        {"FREQ=DAILY;COUNT=3", "2026-03-28T02:30:00Z", "2026-03-01T00:00:00Z", 9,
         "2026-03-28T02:30:00 2026-03-29T03:00:00 2026-03-30T02:30:00"},
    };
    for (const auto& c : cases)
        BOOST_TEST(occurrences(read(c.rule, berlin, c.start), berlin, from_rfc3339(c.after).value(),
                               c.count) == c.expected,
                   c.rule << " after " << c.after);
}

BOOST_AUTO_TEST_CASE(an_end_in_utc_is_a_moment_and_not_what_the_clocks_show) {
    struct {
        const char* zone;
        const char* rule;
        const char* expected;
    } const cases[] = {
        // 23:30 in New York is 04:30Z of the next day.
        {"America/New_York", "FREQ=DAILY;UNTIL=20261203T042959Z", "2026-12-01T23:30:00"},
        {"America/New_York", "FREQ=DAILY;UNTIL=20261203T043000Z", "2026-12-01T23:30:00 2026-12-02T23:30:00"},
        {"America/New_York", "FREQ=DAILY;UNTIL=20261202T233000", "2026-12-01T23:30:00 2026-12-02T23:30:00"},
        {"America/New_York", "FREQ=DAILY;UNTIL=20261202", "2026-12-01T23:30:00 2026-12-02T23:30:00"},
        // 23:30 in Auckland is 10:30Z of the same day.
        {"Pacific/Auckland", "FREQ=DAILY;UNTIL=20261202T103000Z", "2026-12-01T23:30:00 2026-12-02T23:30:00"},
        {"Pacific/Auckland", "FREQ=DAILY;UNTIL=20261202T102959Z", "2026-12-01T23:30:00"},
    };
    for (const auto& c : cases) {
        const Zone zone = Zone::find(c.zone).value();
        BOOST_TEST(occurrences(read(c.rule, zone, "2026-12-01T23:30:00Z"), zone, Instant{}, 5) == c.expected,
                   c.rule << " in " << c.zone);
    }
}

BOOST_AUTO_TEST_CASE(the_next_occurrence_is_strictly_later_and_the_far_future_has_none) {
    const Recurrence rule = read("FREQ=SECONDLY", Zone{}, "2010-01-01T00:00:00Z");
    const auto next = [&](const char* after) {
        return to_rfc3339(recurrence_after(rule, Zone{}, from_rfc3339(after).value()).value());
    };
    BOOST_TEST(next("2026-11-24T09:00:00Z") == "2026-11-24T09:00:01Z");
    BOOST_TEST(next("2026-11-24T09:00:00.000001Z") == "2026-11-24T09:00:01Z");
    BOOST_TEST(next("2026-11-24T08:59:59.999999Z") == "2026-11-24T09:00:00Z");
    BOOST_TEST(next("2009-12-31T23:59:59.999999Z") == "2010-01-01T00:00:00Z");
    BOOST_TEST(next("1970-01-01T00:00:00Z") == "2010-01-01T00:00:00Z");
    BOOST_TEST(!recurrence_after(rule, Zone{}, Instant::max()));
    BOOST_TEST(recurrence_after(rule, Zone{}, Instant::min()).has_value());
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_said_with_its_part_and_remedy) {
    struct {
        const char* text;
        const char* message; ///< after "rrule '...': "
        const char* hint;
    } const cases[] = {
        {"", "there is no rule", "write one such as FREQ=WEEKLY;BYDAY=MO; single dates are `at:`"},
        {"RDATE:20261201T090000", "there is no rule",
         "write one such as FREQ=WEEKLY;BYDAY=MO; single dates are `at:`"},
        {"RRULE:", "'' is no NAME=VALUE", "parts are separated by semicolons, such as FREQ=WEEKLY;BYDAY=MO"},
        {"BYDAY=MO", "FREQ is missing", "a rule begins with FREQ=DAILY, FREQ=WEEKLY or the like"},
        {"FREQ=DAILY;BYHOURS=9", "there is no part 'BYHOURS'", "did you mean BYHOUR?"},
        {"FREQ=DAILY;WHENEVER=9", "there is no part 'WHENEVER'",
         "parts are FREQ, INTERVAL, COUNT, UNTIL, BYDAY and others of RFC 5545, 3.3.10"},
        {"FREQ=DAYLY", "FREQ=DAYLY is no frequency", "did you mean DAILY?"},
        {"FREQ=DAILY;FREQ=DAILY", "FREQ stands twice", "several values are a list: BYDAY=MO,TH"},
        {"FREQ=DAILY;COUNT=2;UNTIL=20270101", "COUNT and UNTIL exclude each other", "leave one out"},
        {"FREQ=DAILY;COUNT=0", "COUNT=0 is no number above 0", "without COUNT a rule has no end"},
        {"FREQ=DAILY;COUNT=100001", "COUNT=100001 is more than 100000", "say with UNTIL when it ends"},
        {"FREQ=DAILY;INTERVAL=0", "INTERVAL=0 is no number above 0", "without INTERVAL it is 1"},
        {"FREQ=DAILY;INTERVAL=-1", "INTERVAL=-1 is no number above 0", "without INTERVAL it is 1"},
        {"FREQ=DAILY;INTERVAL=99999999999999999999", "INTERVAL=99999999999999999999 is no number above 0",
         "without INTERVAL it is 1"},
        {"FREQ=YEARLY;INTERVAL=41", "INTERVAL=41 is more than 40 for YEARLY", "single dates are `at:`"},
        {"FREQ=DAILY;BYHOUR=24", "BYHOUR: '24' is out of range", "there may stand: 0 to 23"},
        {"FREQ=DAILY;BYHOUR=-1", "BYHOUR: '-1' is out of range", "there may stand: 0 to 23"},
        {"FREQ=DAILY;BYHOUR=", "BYHOUR: '' is out of range", "there may stand: 0 to 23"},
        {"FREQ=DAILY;BYHOUR=9,,10", "BYHOUR: '' is out of range", "there may stand: 0 to 23"},
        {"FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY: '0' is out of range",
         "there may stand: 1 to 31, or -31 to -1 from the month's end"},
        {"FREQ=MONTHLY;BYMONTHDAY=-32", "BYMONTHDAY: '-32' is out of range",
         "there may stand: 1 to 31, or -31 to -1 from the month's end"},
        {"FREQ=MONTHLY;BYDAY=0MO", "BYDAY: '0MO' is no weekday",
         "there may stand: MO, TU, WE, TH, FR, SA, SU, with a number before it (2TU, -1FR) for the second or "
         "last "
         "of the month or year"},
        {"FREQ=MONTHLY;BYDAY=6MO", "BYDAY: a month has no 6 of a weekday",
         "in a month the number goes up to 5"},
        {"FREQ=WEEKLY;BYDAY=2MO", "BYDAY with a number does not go with FREQ=WEEKLY",
         "the second Tuesday of a month is FREQ=MONTHLY;BYDAY=2TU"},
        {"FREQ=YEARLY;BYWEEKNO=3;BYDAY=2MO", "BYDAY with a number does not go with BYWEEKNO",
         "a week has each weekday once"},
        {"FREQ=MONTHLY;BYWEEKNO=3", "BYWEEKNO goes with FREQ=YEARLY only", ""},
        {"FREQ=WEEKLY;BYMONTHDAY=3", "BYMONTHDAY does not go with FREQ=WEEKLY",
         "FREQ=DAILY or FREQ=MONTHLY may have both BYMONTHDAY and BYDAY"},
        {"FREQ=MONTHLY;BYYEARDAY=3", "BYYEARDAY does not go with FREQ=MONTHLY", "it goes with FREQ=YEARLY"},
        {"FREQ=HOURLY;BYDAY=2MO", "BYDAY with a number does not go with FREQ=HOURLY",
         "the second Tuesday of a month is FREQ=MONTHLY;BYDAY=2TU"},
        {"FREQ=YEARLY;BYMONTH=3;BYDAY=-6MO", "BYDAY: a month has no 6 of a weekday",
         "in a month the number goes up to 5"},
        {"FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS needs another part that begins with BY",
         "the last working day of a month is FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"},
        {"FREQ=WEEKLY;WKST=XX", "WKST=XX is no weekday", "weekdays are MO, TU, WE, TH, FR, SA, SU"},
        {"FREQ=DAILY;UNTIL=2026", "UNTIL=2026 is no time",
         "write 20261231T230000Z (UTC), 20261231T230000 (the entry's zone) or 20261231"},
        {"FREQ=DAILY;UNTIL=20260230", "UNTIL=20260230 is no time",
         "write 20261231T230000Z (UTC), 20261231T230000 (the entry's zone) or 20261231"},
        {"FREQ=MONTHLY;SKIP=FORWARD", "SKIP is not understood",
         "days are those of the Gregorian calendar, and one that a month lacks is left out"},
        {"RSCALE=GREGORIAN;FREQ=MONTHLY", "RSCALE is not understood",
         "days are those of the Gregorian calendar, and one that a month lacks is left out"},
        {"FREQ=DAILY;UNTIL=20200101", "it never fires", "UNTIL is before the first occurrence"},
        {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "it never fires",
         "there is no such day or time within 41 years of the start"},
        {"FREQ=MONTHLY;BYMONTH=4,6;BYMONTHDAY=-31", "it never fires",
         "there is no such day or time within 41 years of the start"},
        {"FREQ=YEARLY;BYYEARDAY=1;BYMONTH=2", "it never fires",
         "there is no such day or time within 41 years of the start"},
        {"FREQ=MONTHLY;BYDAY=1FR;BYMONTHDAY=8", "it never fires",
         "there is no such day or time within 41 years of the start"},
        {"FREQ=DAILY;BYHOUR=9,17;BYSETPOS=3", "it never fires",
         "there is no such day or time within 41 years of the start"},
        {"FREQ=HOURLY;BYMINUTE=0,30;BYSETPOS=-3", "it never fires",
         "there is no such day or time within 41 years of the start"},
        {"FREQ=MONTHLY;INTERVAL=12;BYMONTH=2", "it never fires",
         "there is no such day or time within 41 years of the start"},
        {"FREQ=SECONDLY;INTERVAL=2;BYSECOND=1", "it never fires",
         "there is no such day or time within 41 years of the start"},
        {"FREQ=SECONDLY;BYDAY=MO;BYSETPOS=2", "it never fires",
         "there is no such day or time within 41 years of the start"},
        {"FREQ=SECONDLY;INTERVAL=7;BYDAY=WE;BYHOUR=8;BYMINUTE=0;BYSECOND=0", "it never fires",
         "there is no such day or time within 41 years of the start"},
        {"FREQ=HOURLY;INTERVAL=24;BYHOUR=8", "it never fires",
         "there is no such day or time within 41 years of the start"},
        {"FREQ=YEARLY;BYWEEKNO=1;BYMONTH=6", "it never fires",
         "there is no such day or time within 41 years of the start"},
        {"EXRULE:FREQ=DAILY", "EXRULE is obsolete (RFC 5545) and not understood",
         "say with BYDAY, BYMONTH and the like what remains, or list the dates with EXDATE"},
        {"RULE:FREQ=DAILY", "there is no line 'RULE'", "did you mean RRULE?"},
        {"SUMMARY:Meeting", "there is no line 'SUMMARY'",
         "of an event take the lines DTSTART, RRULE, RDATE and EXDATE"},
        {"DTSTART:20261201T090000 DTSTART:20261201T090000",
         "DTSTART: '20261201T090000 DTSTART:20261201T090000' is no time of the years 1600 to 2500",
         "write 20261201T090000, with a Z behind it for UTC, or 20261201 for a day"},
        {"EXDATE:20261301T090000", "EXDATE: '20261301T090000' is no time of the years 1600 to 2500",
         "write 20261201T090000, with a Z behind it for UTC, or 20261201 for a day"},
        {"EXDATE;TZID=Europe/Paris:20261201T090000",
         "EXDATE is in the zone 'Europe/Paris', the entry in 'Europe/Berlin'",
         "set the entry's timezone: Europe/Paris"},
        {"RDATE;VALUE=PERIOD:20261201T090000/PT1H", "RDATE: VALUE=PERIOD is not understood",
         "there may stand DATE and DATE-TIME; of a period take its begin"},
    };
    const Zone berlin = Zone::find("Europe/Berlin").value();
    for (const auto& c : cases) {
        const auto rule =
            Recurrence::parse(c.text, LocalTime{local_days{std::chrono::year{2026} / 12 / 1} + 9h}, berlin);
        BOOST_TEST_REQUIRE(rule.has_error(), c.text);
        BOOST_TEST((rule.error().cause == Cause::config));
        BOOST_TEST(rule.error().message == "rrule '" + std::string{c.text} + "': " + c.message);
        BOOST_TEST(rule.error().hint == c.hint);
    }
    std::string days_of_year = "FREQ=YEARLY;BYYEARDAY=366";
    for (int day = 1; day <= 365; ++day)
        days_of_year += "," + std::to_string(day);
    const LocalTime midnight{local_days{std::chrono::year{2026} / 12 / 1}};
    BOOST_TEST(Recurrence::parse(days_of_year, midnight, berlin).has_value());
    for (int day = 1; day <= 40; ++day)
        days_of_year += "," + std::to_string(-day);
    const auto too_many = Recurrence::parse(days_of_year, midnight, berlin);
    BOOST_TEST_REQUIRE(too_many.has_error());
    BOOST_TEST(too_many.error().message.ends_with(": BYYEARDAY lists more than 400 values"));
    const auto no_start = Recurrence::parse("FREQ=DAILY", std::nullopt, berlin);
    BOOST_TEST_REQUIRE(no_start.has_error());
    BOOST_TEST(no_start.error().message == "rrule 'FREQ=DAILY': there is no start");
    BOOST_TEST(no_start.error().hint == "start: 2026-12-01 09:00, or a DTSTART line before the rule");
    const auto twice =
        Recurrence::parse("DTSTART:20261201\nDTSTART:20261201\nFREQ=DAILY", std::nullopt, berlin);
    BOOST_TEST_REQUIRE(twice.has_error());
    BOOST_TEST(twice.error().message ==
               "rrule 'DTSTART:20261201 DTSTART:20261201 FREQ=DAILY': DTSTART stands twice");
}

BOOST_AUTO_TEST_CASE(absurd_texts_end) {
    // Each value that there is.
    const auto both_ways = [](std::string text, int most) {
        for (int i = 1; i <= most; ++i)
            text += (i == 1 ? "" : ",") + std::to_string(i) + ",-" + std::to_string(i);
        return text;
    };
    std::string weekdays = "FREQ=YEARLY;BYDAY=MO";
    for (int nth = -53; nth <= 53; ++nth)
        for (const char* day : {"MO", "TU", "WE", "TH", "FR", "SA", "SU"})
            weekdays += "," + (nth == 0 ? "" : std::to_string(nth)) + day;
    std::string many = "RRULE:FREQ=DAILY";
    for (int i = 0; i < 3000; ++i)
        many += "\nEXDATE:20261201T090000";
    const LocalTime start{local_days{std::chrono::year{2026} / 12 / 1} + 9h};
    for (const std::string& text :
         {weekdays, both_ways("FREQ=MONTHLY;BYMONTHDAY=", 31), both_ways("FREQ=YEARLY;BYYEARDAY=", 366),
          both_ways("FREQ=YEARLY;BYWEEKNO=", 53), both_ways("FREQ=YEARLY;BYMONTHDAY=1;BYSETPOS=", 366),
          std::string(1'000'000, ';'), std::string(60'000, ','),
          "FREQ=DAILY;BYHOUR=" + std::string(60'000, ','), std::string(60'000, ':'),
          std::string(60'000, '\n'), std::string(60'000, '"'), std::string("FREQ=DAILY\0;", 12),
          std::string{"\xff\xfe\n \n\t\n"}, many, std::string{"=;=;=:=;"},
          // Counted beyond the last year.
          std::string{"FREQ=MONTHLY;INTERVAL=41;BYMONTH=3,10,11;BYMONTHDAY=2;COUNT=1000"},
          std::string{"FREQ=YEARLY;INTERVAL=40;COUNT=100000"}, std::string{"DTSTART;=:;\n;:"},
          std::string{"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO;INTERVAL=40"}}) {
        const auto rule = Recurrence::parse(text, start, Zone{});
        if (rule)
            BOOST_TEST(recurrence_after(*rule, Zone{}, Instant{}).has_value());
        else
            BOOST_TEST(rule.error().message.size() < 70'000);
    }
}

BOOST_AUTO_TEST_SUITE_END()
