// Single events: what of them becomes of an item, and when that is due.

#include "harness.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::calendar::test;

BOOST_AUTO_TEST_SUITE(calendar_events)

BOOST_AUTO_TEST_CASE(an_event_has_all_that_an_item_has) {
    BOOST_TEST(
        told(event(
                 "DTSTART:20261201T090000Z\nDTEND:20261201T103000Z\n"
                 "SUMMARY;LANGUAGE=de:Kaffee\\, Kuchen\\nund mehr\nLOCATION:Saal 1\\; oben\n"
                 "DESCRIPTION:Erste Zeile\\nzwei\n te C:\\\\x\nURL:https://e.org/kaffee\n"
                 "ORGANIZER;CN=\"Jo; Doe\":mailto:jo@e.org\nCATEGORIES:Essen,Ein\\, Wort\nCATEGORIES:Berlin\n"
                 "ATTACH;FMTTYPE=image/png:https://e.org/p.png\nATTACH;FMTTYPE=application/pdf:https://e.org/"
                 "p.pdf\n"
                 "ATTACH;FMTTYPE=image/png;ENCODING=BASE64;VALUE=BINARY:AAAA\n"
                 "IMAGE;VALUE=URI;DISPLAY=BADGE:https://e.org/q\nTRANSP:TRANSPARENT\nX-ALT-DESC:<b>x</b>"),
             "2026-12-01T00:00:00Z") ==
        "- id=e/2026-12-01T09:00:00Z/0 title=Kaffee, Kuchen und mehr link=https://e.org/kaffee "
        "summary=Saal 1; oben content=Erste Zeile|zweite C:\\x author=Jo; Doe language=de "
        "published=2026-12-01T09:00:00Z updated=2026-12-01T10:30:00Z due=2026-12-01T09:00:00Z "
        "expires=2026-12-01T10:30:00Z category=Essen category=Ein, Wort category=Berlin "
        "media=https://e.org/p.png,image/png,enclosure media=https://e.org/q,image/*,enclosure\n");
    // A bare one.
    BOOST_TEST(told(event("DTSTART:20261201T090000Z"), "2026-12-01T00:00:00Z") ==
               "- id=e/2026-12-01T09:00:00Z/0 published=2026-12-01T09:00:00Z due=2026-12-01T09:00:00Z\n");
    BOOST_TEST(told(calendar("BEGIN:VEVENT\nDTSTART:20261201T090000Z\nSUMMARY:No UID\nEND:VEVENT"),
                    "2026-12-01T00:00:00Z") ==
               "- id=No UID/2026-12-01T09:00:00Z/0 title=No UID published=2026-12-01T09:00:00Z "
               "due=2026-12-01T09:00:00Z\n");
}

BOOST_AUTO_TEST_CASE(each_lead_is_an_item) {
    const std::string one = event("DTSTART:20261201T090000Z\nDTEND:20261201T100000Z");
    BOOST_TEST(
        told(one, "2026-11-30T00:00:00Z",
             {{"leads", "1d"}, {"leads", "0"}, {"leads", "-10m"}, {"leads", "1d12h"}, {"leads", "24h"}}) ==
        "- id=e/2026-12-01T09:00:00Z/-10m published=2026-12-01T09:00:00Z updated=2026-12-01T10:00:00Z "
        "due=2026-12-01T09:10:00Z\n"
        "- id=e/2026-12-01T09:00:00Z/0 published=2026-12-01T09:00:00Z updated=2026-12-01T10:00:00Z "
        "due=2026-12-01T09:00:00Z expires=2026-12-01T10:00:00Z\n"
        "- id=e/2026-12-01T09:00:00Z/1d published=2026-12-01T09:00:00Z updated=2026-12-01T10:00:00Z "
        "due=2026-11-30T09:00:00Z expires=2026-12-01T10:00:00Z\n"
        "- id=e/2026-12-01T09:00:00Z/24h published=2026-12-01T09:00:00Z updated=2026-12-01T10:00:00Z "
        "due=2026-11-30T09:00:00Z expires=2026-12-01T10:00:00Z\n"
        "- id=e/2026-12-01T09:00:00Z/1d12h published=2026-12-01T09:00:00Z "
        "updated=2026-12-01T10:00:00Z due=2026-11-29T21:00:00Z expires=2026-12-01T10:00:00Z\n");
}

BOOST_AUTO_TEST_CASE(a_day_goes_by_the_calendar_over_a_change_of_the_clocks) {
    const Settings leads{{"leads", "1d"}, {"leads", "24h"}};
    // Clocks go back on 25 October 2026, at 3:00.
    BOOST_TEST(dues(event("DTSTART;TZID=Europe/Berlin:20261025T120000"), "2026-10-24T00:00:00Z", leads) ==
               "2026-10-24T11:00:00Z e/2026-10-25T11:00:00Z/24h\n"
               "2026-10-24T10:00:00Z e/2026-10-25T11:00:00Z/1d\n");
    // A time in UTC has the days of `timezone`.
    BOOST_TEST(dues(event("DTSTART:20261025T110000Z"), "2026-10-24T00:00:00Z",
                    {{"leads", "1d"}, {"timezone", "Europe/Berlin"}}) ==
               "2026-10-24T10:00:00Z e/2026-10-25T11:00:00Z/1d\n");
}

BOOST_AUTO_TEST_CASE(a_day_begins_and_ends_by_the_timezone_and_reminds_at_a_time_of_day) {
    const Settings berlin{{"timezone", "Europe/Berlin"}};
    BOOST_TEST(told(event("DTSTART;VALUE=DATE:20261201"), "2026-12-01T00:00:00Z", berlin) ==
               "- id=e/2026-11-30T23:00:00Z/0 published=2026-11-30T23:00:00Z updated=2026-12-01T23:00:00Z "
               "due=2026-12-01T08:00:00Z expires=2026-12-01T23:00:00Z\n");
    BOOST_TEST(told(event("DTSTART;VALUE=DATE:20261201\nDTEND;VALUE=DATE:20261204"), "2026-12-01T00:00:00Z",
                    {{"at", "18:30"}, {"leads", "1d"}, {"leads", "1d1h"}}) ==
               "- id=e/2026-12-01T00:00:00Z/1d published=2026-12-01T00:00:00Z updated=2026-12-04T00:00:00Z "
               "due=2026-11-30T18:30:00Z expires=2026-12-04T00:00:00Z\n"
               "- id=e/2026-12-01T00:00:00Z/1d1h published=2026-12-01T00:00:00Z updated=2026-12-04T00:00:00Z "
               "due=2026-11-30T17:30:00Z expires=2026-12-04T00:00:00Z\n");
    // A day of 25 hours; VALUE=DATE may be missing, and DURATION stand in the place of DTEND.
    BOOST_TEST(told(event("DTSTART:20261025\nDURATION:P1D"), "2026-10-24T00:00:00Z", berlin) ==
               "- id=e/2026-10-24T22:00:00Z/0 published=2026-10-24T22:00:00Z updated=2026-10-25T23:00:00Z "
               "due=2026-10-25T08:00:00Z expires=2026-10-25T23:00:00Z\n");
}

BOOST_AUTO_TEST_CASE(leads_may_count_from_the_end) {
    const Settings end{{"end", "true"}, {"leads", "0"}, {"leads", "15m"}, {"leads", "-1d"}};
    BOOST_TEST(
        told(event("DTSTART:20261201T090000Z\nDTEND:20261201T100000Z"), "2026-12-01T00:00:00Z", end) ==
        "- id=e/2026-12-01T09:00:00Z/-1d/end published=2026-12-01T09:00:00Z "
        "updated=2026-12-01T10:00:00Z due=2026-12-02T10:00:00Z\n"
        "- id=e/2026-12-01T09:00:00Z/0/end published=2026-12-01T09:00:00Z updated=2026-12-01T10:00:00Z "
        "due=2026-12-01T10:00:00Z\n"
        "- id=e/2026-12-01T09:00:00Z/15m/end published=2026-12-01T09:00:00Z "
        "updated=2026-12-01T10:00:00Z due=2026-12-01T09:45:00Z expires=2026-12-01T10:00:00Z\n");
    // The day after the last one; and what began long ago ends now.
    BOOST_TEST(dues(event("DTSTART;VALUE=DATE:20261001\nDTEND;VALUE=DATE:20261204"), "2026-12-01T00:00:00Z",
                    {{"end", "true"}}) == "2026-12-04T09:00:00Z e/2026-10-01T00:00:00Z/0/end\n");
}

BOOST_AUTO_TEST_CASE(times_are_in_the_zone_that_they_name) {
    const auto due = [](const std::string& start, const Settings& settings = {}) {
        const Yield yield = look(event("DTSTART" + start), "2026-12-01T00:00:00Z", settings);
        BOOST_TEST(yield.warnings.empty());
        return yield.items.size() == 1 ? yield.items[0].due - at("2026-12-01T00:00:00Z") : -1;
    };
    constexpr std::int64_t hour = 3'600'000'000;
    BOOST_TEST(due(":20261201T120000Z") == 12 * hour);
    BOOST_TEST(due(":20261201T120000") == 12 * hour);
    BOOST_TEST(due(":20261201T120000", {{"timezone", "America/New_York"}}) == 17 * hour);
    BOOST_TEST(due(";TZID=Asia/Kolkata:20261201T120000") == 13 * hour / 2);
    BOOST_TEST(due(";TZID=\"Asia/Kolkata\":20261201T120000") == 13 * hour / 2);
    BOOST_TEST(due(";TZID=/freeassociation.sourceforge.net/Asia/Kolkata:20261201T120000") == 13 * hour / 2);
    BOOST_TEST(due(";TZID=/citadel.org/20210210_1/America/New_York:20261201T120000") == 17 * hour);
    // DTEND may be in another: a flight.
    BOOST_TEST(told(event("DTSTART;TZID=Europe/Berlin:20261201T120000\n"
                          "DTEND;TZID=America/New_York:20261201T150000"),
                    "2026-12-01T00:00:00Z") ==
               "- id=e/2026-12-01T11:00:00Z/0 published=2026-12-01T11:00:00Z updated=2026-12-01T20:00:00Z "
               "due=2026-12-01T11:00:00Z expires=2026-12-01T20:00:00Z\n");
    // Where nothing is said, the calendar may.
    BOOST_TEST(dues(calendar("X-WR-TIMEZONE:America/New_York\nBEGIN:VEVENT\nUID:e\nDTSTART:20261201T120000\n"
                             "END:VEVENT"),
                    "2026-12-01T00:00:00Z") == "2026-12-01T17:00:00Z e/2026-12-01T17:00:00Z/0\n");
    BOOST_TEST(
        dues(event("DTSTART;TZID=Mars/Olympus:20261201T120000"), "2026-12-01T00:00:00Z") ==
        "2026-12-01T12:00:00Z e/2026-12-01T12:00:00Z/0\n"
        "! there is no zone \"Mars/Olympus\", in the calendar or in the system's database; its times are "
        "read as local ones\n");
}

BOOST_AUTO_TEST_CASE(what_is_due_within_the_horizon_comes) {
    const auto count = [](const std::string& start, const Settings& settings = {}) {
        return look(event("DTSTART:" + start), "2026-12-10T12:00:00Z", settings).items.size();
    };
    BOOST_TEST(count("20261209T115959Z") == 0U); // missed a day ago
    BOOST_TEST(count("20261209T120000Z") == 1U);
    BOOST_TEST(count("20261218T120000Z") == 1U);
    BOOST_TEST(count("20261218T120001Z") == 0U);
    BOOST_TEST(count("20261218T120001Z", {{"horizon", "9d"}}) == 1U);
    BOOST_TEST(count("20261211T000000Z", {{"horizon", "1h"}}) == 0U);
    // It is not the event that has to be near, but its reminder.
    BOOST_TEST(count("20270115T120000Z", {{"leads", "30d"}}) == 1U);
    BOOST_TEST(count("20261110T120000Z", {{"leads", "-30d"}}) == 1U);
    BOOST_TEST(count("20261210T120000Z", {{"leads", "30d"}}) == 0U);
}

BOOST_AUTO_TEST_CASE(what_is_cancelled_private_or_no_event_does_not_come) {
    const std::string when = "DTSTART:20261201T090000Z\n";
    const auto count = [](const std::string& bytes, const Settings& settings = {}) {
        const Yield yield = look(bytes, "2026-12-01T00:00:00Z", settings);
        BOOST_TEST(yield.warnings.empty());
        BOOST_TEST(yield.error == "");
        return yield.items.size();
    };
    BOOST_TEST(count(event(when + "STATUS:CONFIRMED")) == 1U);
    BOOST_TEST(count(event(when + "STATUS:cancelled")) == 0U);
    BOOST_TEST(count(event(when + "CLASS:PUBLIC")) == 1U);
    for (const char* secret : {"CLASS:PRIVATE", "CLASS:CONFIDENTIAL", "CLASS:X-STAFF"}) {
        BOOST_TEST(count(event(when + secret)) == 0U);
        BOOST_TEST(count(event(when + secret), {{"private", "true"}}) == 1U);
    }
    const std::string whole = "BEGIN:VEVENT\nUID:e\n" + when + "END:VEVENT";
    BOOST_TEST(count(calendar("METHOD:CANCEL\n" + whole)) == 0U);
    BOOST_TEST(count(calendar(whole + "\nMETHOD:CANCEL")) == 0U);
    BOOST_TEST(count(calendar("METHOD:CANCEL") + calendar("METHOD:PUBLISH\n" + whole)) == 1U);
    // The newer one counts.
    BOOST_TEST(count(calendar(whole) +
                     calendar("METHOD:CANCEL\nBEGIN:VEVENT\nUID:e\nSEQUENCE:1\nEND:VEVENT")) == 0U);
    for (const char* other : {"VTODO", "VJOURNAL", "VFREEBUSY", "X-EVENT"})
        BOOST_TEST(count(calendar("BEGIN:" + std::string{other} + "\nUID:e\n" + when + "END:" + other)) ==
                   0U);
    BOOST_TEST(count(event(when + "BEGIN:VALARM\nTRIGGER:-PT15M\nDTSTART:20261202T090000Z\nEND:VALARM")) ==
               1U);
}

BOOST_AUTO_TEST_CASE(the_newest_of_two_that_are_the_same_counts) {
    const auto twice = [](const std::string& first, const std::string& second) {
        return dues(calendar("BEGIN:VEVENT\nUID:e\nDTSTART:20261201T090000Z\n" + first +
                             "END:VEVENT\nBEGIN:VEVENT\nUID:e\nDTSTART:20261202T090000Z\n" + second +
                             "END:VEVENT"),
                    "2026-12-01T00:00:00Z");
    };
    const std::string is_first = "2026-12-01T09:00:00Z e/2026-12-01T09:00:00Z/0\n";
    const std::string is_second = "2026-12-02T09:00:00Z e/2026-12-02T09:00:00Z/0\n";
    BOOST_TEST(twice("", "") == is_second);
    BOOST_TEST(twice("SEQUENCE:2\n", "SEQUENCE:1\n") == is_first);
    BOOST_TEST(twice("DTSTAMP:20261102T000000Z\n", "DTSTAMP:20261101T000000Z\n") == is_first);
}

BOOST_AUTO_TEST_CASE(the_latest_comes_first_and_the_host_says_when_it_is_enough) {
    std::string many;
    for (int day = 1; day <= 5; ++day)
        many += "BEGIN:VEVENT\nUID:" + std::to_string(day) + "\nDTSTART;VALUE=DATE:2026120" +
                std::to_string(day) + "\nEND:VEVENT\n";
    const Instance instance{{}};
    const Yield all = instance.look(calendar(many), at("2026-12-01T00:00:00Z"));
    BOOST_REQUIRE(all.items.size() == 5U);
    BOOST_TEST(all.items[0].id == "5/2026-12-05T00:00:00Z/0");
    BOOST_TEST(instance.look(calendar(many), at("2026-12-01T00:00:00Z"), 2).items.size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
