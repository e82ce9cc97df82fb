// Events that come again: rules over changes of the clocks, dates that are added and taken out, and what was
// changed of one or of all that follow.

#include "harness.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::calendar::test;

namespace {

/// When they begin within the horizon, "12-01T09:00 ..." in UTC, the soonest first.
std::string starts(const std::string& bytes, const std::string& now, Settings settings = {}) {
    const Yield yield = look(bytes, now, settings);
    for (const std::string& warning : yield.warnings)
        BOOST_TEST(warning == "");
    std::string all;
    for (auto item = yield.items.rbegin(); item != yield.items.rend(); ++item) {
        const std::size_t slash = item->id.find('/');
        all += (all.empty() ? "" : " ") + item->id.substr(slash + 6, 11);
    }
    return all;
}

std::string series(const std::string& rule) {
    return event("DTSTART:20261001T090000Z\nDTEND:20261001T100000Z\nSUMMARY:S\n" + rule);
}

std::string change(const std::string& lines) {
    return "\nEND:VEVENT\nBEGIN:VEVENT\nUID:e\n" + lines;
}

} // namespace

BOOST_AUTO_TEST_SUITE(calendar_series)

BOOST_AUTO_TEST_CASE(rules_of_all_kinds) {
    BOOST_TEST(starts(series("RRULE:FREQ=WEEKLY"), december) == "12-03T09:00");
    BOOST_TEST(starts(series("RRULE:FREQ=WEEKLY;INTERVAL=2"), december) == "");
    BOOST_TEST(starts(series("RRULE:FREQ=WEEKLY;BYDAY=MO,FR"), december) ==
               "11-30T09:00 12-04T09:00 12-07T09:00");
    BOOST_TEST(starts(series("RRULE:FREQ=DAILY;COUNT=64"), december) ==
               "11-30T09:00 12-01T09:00 12-02T09:00 12-03T09:00");
    BOOST_TEST(starts(series("RRULE:FREQ=DAILY;UNTIL=20261202T085959Z"), december) ==
               "11-30T09:00 12-01T09:00");
    BOOST_TEST(starts(series("RRULE:FREQ=DAILY;UNTIL=20261202T090000Z"), december) ==
               "11-30T09:00 12-01T09:00 12-02T09:00");
    BOOST_TEST(starts(series("RRULE:FREQ=DAILY;UNTIL=20261201"), december) == "11-30T09:00 12-01T09:00");
    BOOST_TEST(starts(series("RRULE:FREQ=MONTHLY;BYDAY=1TU,-4MO"), december) == "12-01T09:00 12-07T09:00");
    BOOST_TEST(starts(series("RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1,2"), december) ==
               "11-30T09:00 12-02T09:00");
    BOOST_TEST(starts(series("RRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=6"), december) == "12-06T09:00");
    BOOST_TEST(starts(series("RRULE:FREQ=YEARLY;BYWEEKNO=49;BYDAY=SA"), december) == "12-05T09:00");
    BOOST_TEST(starts(series("RRULE:FREQ=YEARLY;BYYEARDAY=-30"), december) == "12-02T09:00");
    BOOST_TEST(starts(series("RRULE:FREQ=HOURLY;INTERVAL=36"), december) ==
               "11-30T09:00 12-01T21:00 12-03T09:00 12-04T21:00 12-06T09:00 12-07T21:00");
    // In these libical errs, or takes minutes.
    BOOST_TEST(starts(series("RRULE:FREQ=DAILY;BYMONTHDAY=-1"), december) == "11-30T09:00");
    BOOST_TEST(starts(series("RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2"), december) == "12-02T09:00");
    BOOST_TEST(starts(series("RRULE:FREQ=HOURLY;INTERVAL=5;BYHOUR=9"), december) ==
               "11-30T09:00 12-05T09:00");
    BOOST_TEST(starts(series("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), december) == "");
    // Two rules; the day of the start is one whatever they say.
    BOOST_TEST(starts(series("RRULE:FREQ=WEEKLY;BYDAY=SA\nRRULE:FREQ=WEEKLY;BYDAY=SU"), december) ==
               "12-05T09:00 12-06T09:00");
    BOOST_TEST(starts(event("DTSTART:20261201T090000Z\nRRULE:FREQ=WEEKLY;BYDAY=FR;COUNT=2"), december) ==
               "12-01T09:00 12-04T09:00");
}

BOOST_AUTO_TEST_CASE(the_time_of_day_stays_over_a_change_of_the_clocks) {
    const std::string daily = event("DTSTART;TZID=Europe/Berlin:20260101T023000\nDTEND;TZID=Europe/"
                                    "Berlin:20260101T030000\nRRULE:FREQ=DAILY");
    BOOST_TEST(starts(daily, "2026-03-28T00:00:00Z", {{"horizon", "2d12h"}}) ==
               "03-27T01:30 03-28T01:30 03-29T01:30 03-30T00:30");
    BOOST_TEST(starts(daily, "2026-10-24T00:00:00Z", {{"horizon", "2d12h"}}) ==
               "10-23T00:30 10-24T00:30 10-25T00:30 10-26T01:30");
    const std::string days = event("DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=DAILY;INTERVAL=2");
    BOOST_TEST(starts(days, "2026-03-28T00:00:00Z", {{"timezone", "Europe/Berlin"}, {"horizon", "5d"}}) ==
               "03-27T23:00 03-29T22:00 03-31T22:00");
}

BOOST_AUTO_TEST_CASE(dates_are_added_and_taken_out) {
    BOOST_TEST(starts(series("RDATE:20261202T120000Z,20261203T120000Z"), december) ==
               "12-02T12:00 12-03T12:00");
    BOOST_TEST(starts(series("RDATE;TZID=Europe/Berlin:20261202T120000"), december) == "12-02T11:00");
    BOOST_TEST(starts(series("RDATE;VALUE=DATE:20261202"), december) == "12-02T09:00");
    BOOST_TEST(told(series("RDATE;VALUE=PERIOD:20261202T120000Z/20261202T140000Z,20261203T120000Z/PT3H"),
                    december) ==
               "- id=e/2026-12-03T12:00:00Z/0 title=S published=2026-12-03T12:00:00Z "
               "updated=2026-12-03T15:00:00Z due=2026-12-03T12:00:00Z expires=2026-12-03T15:00:00Z\n"
               "- id=e/2026-12-02T12:00:00Z/0 title=S published=2026-12-02T12:00:00Z "
               "updated=2026-12-02T14:00:00Z due=2026-12-02T12:00:00Z expires=2026-12-02T14:00:00Z\n");
    const std::string daily = "RRULE:FREQ=DAILY;COUNT=65\n";
    BOOST_TEST(starts(series(daily + "EXDATE:20261201T090000Z,20261202T090000Z"), december) ==
               "11-30T09:00 12-03T09:00 12-04T09:00");
    BOOST_TEST(starts(series(daily + "EXDATE;TZID=Europe/Berlin:20261201T100000\nEXDATE;VALUE=DATE:20261203"),
                      december) == "11-30T09:00 12-02T09:00 12-04T09:00");
    BOOST_TEST(starts(series(daily + "EXDATE:20261201T080000Z"), december) ==
               "11-30T09:00 12-01T09:00 12-02T09:00 12-03T09:00 12-04T09:00");
    BOOST_TEST(starts(series(daily + "EXRULE:FREQ=DAILY;INTERVAL=2"), december) == "12-01T09:00 12-03T09:00");
    BOOST_TEST(starts(event("DTSTART:20261201T090000Z\nEXDATE:20261201T090000Z"), december) == "");
    // Days, and a time of day in an EXDATE, as some write it.
    BOOST_TEST(starts(event("DTSTART;VALUE=DATE:20261130\nRRULE:FREQ=DAILY;COUNT=4\nEXDATE:20261201T000000\n"
                            "EXDATE;VALUE=DATE:20261202"),
                      december) == "11-30T00:00 12-03T00:00");
}

BOOST_AUTO_TEST_CASE(one_occurrence_is_moved_renamed_or_cancelled) {
    const std::string weekly = "DTSTART;TZID=Europe/Berlin:20261006T100000\nDURATION:PT1H\nSUMMARY:S\n"
                               "RRULE:FREQ=DAILY;UNTIL=20261203T090000Z";
    const std::string id = "RECURRENCE-ID;TZID=Europe/Berlin:20261202T100000\n";
    BOOST_TEST(starts(event(weekly + change(id + "DTSTART;TZID=Europe/Berlin:20261204T180000")), december) ==
               "11-30T09:00 12-01T09:00 12-03T09:00 12-04T17:00");
    BOOST_TEST(starts(event(weekly + change("RECURRENCE-ID:20261202T090000Z\nDTSTART:20261202T093000Z")),
                      december) == "11-30T09:00 12-01T09:00 12-02T09:30 12-03T09:00");
    BOOST_TEST(starts(event(weekly + change("RECURRENCE-ID;VALUE=DATE:20261202\nDTSTART:20261202T093000Z")),
                      december) == "11-30T09:00 12-01T09:00 12-02T09:30 12-03T09:00");
    for (const char* cancelled : {"DTSTART:20261202T090000Z\nSTATUS:CANCELLED", "STATUS:CANCELLED"})
        BOOST_TEST(starts(event(weekly + change(id + cancelled)), december) ==
                   "11-30T09:00 12-01T09:00 12-03T09:00");
    // From far away, and to far away.
    BOOST_TEST(starts(event(weekly + change("RECURRENCE-ID:20261007T080000Z\nDTSTART:20261205T090000Z")),
                      december) == "11-30T09:00 12-01T09:00 12-02T09:00 12-03T09:00 12-05T09:00");
    BOOST_TEST(starts(event(weekly + change(id + "DTSTART:20270105T090000Z")), december) ==
               "11-30T09:00 12-01T09:00 12-03T09:00");
    // The series may be elsewhere.
    BOOST_TEST(starts(event("RECURRENCE-ID:20261202T090000Z\nDTSTART:20261202T100000Z"), december) ==
               "12-02T10:00");
    BOOST_TEST(
        told(event("DTSTART:20261202T090000Z\nRRULE:FREQ=DAILY;COUNT=2\nSUMMARY:Old" +
                   change("RECURRENCE-ID:20261203T090000Z\nDTSTART:20261203T090000Z\nSUMMARY:New")),
             december) ==
        "- id=e/2026-12-03T09:00:00Z/0 title=New published=2026-12-03T09:00:00Z due=2026-12-03T09:00:00Z\n"
        "- id=e/2026-12-02T09:00:00Z/0 title=Old published=2026-12-02T09:00:00Z due=2026-12-02T09:00:00Z\n");
    // A private one is not shown as it was planned at first.
    BOOST_TEST(starts(event(weekly + change(id + "DTSTART:20261202T100000Z\nCLASS:PRIVATE")), december) ==
               "11-30T09:00 12-01T09:00 12-03T09:00");
    BOOST_TEST(
        starts(event(weekly + "\nCLASS:PRIVATE" + change(id + "DTSTART:20261202T100000Z")), december) == "");
    BOOST_TEST(starts(event(weekly + "\nSTATUS:CANCELLED" + change(id + "DTSTART:20261202T100000Z")),
                      december) == "");
}

BOOST_AUTO_TEST_CASE(all_that_follow_are_changed_at_once) {
    const std::string daily =
        "DTSTART:20261006T090000Z\nDURATION:PT1H\nSUMMARY:S\nRRULE:FREQ=DAILY;UNTIL=20261204";
    const std::string later = "RECURRENCE-ID;RANGE=THISANDFUTURE:20261202T090000Z\n";
    BOOST_TEST(starts(event(daily + change(later + "DTSTART:20261202T103000Z")), december) ==
               "11-30T09:00 12-01T09:00 12-02T10:30 12-03T10:30 12-04T10:30");
    BOOST_TEST(starts(event(daily + change(later + "DTSTART:20261203T090000Z")), december) ==
               "11-30T09:00 12-01T09:00 12-03T09:00 12-04T09:00 12-05T09:00");
    BOOST_TEST(starts(event(daily + change(later + "STATUS:CANCELLED")), december) ==
               "11-30T09:00 12-01T09:00");
    BOOST_TEST(starts(event(daily + change(later + "DTSTART:20261202T103000Z") +
                            change("RECURRENCE-ID:20261203T090000Z\nDTSTART:20261203T150000Z")),
                      december) == "11-30T09:00 12-01T09:00 12-02T10:30 12-03T15:00 12-04T10:30");
    BOOST_TEST(
        look(event(daily + change(later + "DTSTART:20261202T090000Z\nDURATION:PT2H\nSUMMARY:T")), december)
            .items[0]
            .told.find("title=T") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
