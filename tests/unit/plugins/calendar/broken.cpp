// What is broken costs itself, and is named with its line; what is no calendar is said to be none.

#include "harness.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::calendar::test;

namespace {

const std::string a_day = "BEGIN:VEVENT\nUID:e\nDTSTART:20261201T090000Z\nEND:VEVENT\n";
const std::string its_item =
    "- id=e/2026-12-01T09:00:00Z/0 published=2026-12-01T09:00:00Z due=2026-12-01T09:00:00Z\n";

} // namespace

BOOST_AUTO_TEST_SUITE(calendar_broken)

BOOST_AUTO_TEST_CASE(a_broken_line_costs_itself) {
    const struct {
        std::string line;
        std::string warning;
    } cases[] = {
        {"DTEND:tomorrow", "line 5: DTEND must be a time such as 20261201T090000 or 20261201, and is "
                           "\"tomorrow\"; it was left out"},
        {"DTEND:20260230T090000Z", "line 5: DTEND must be a time such as 20261201T090000 or 20261201, and is "
                                   "\"20260230T090000Z\"; it was "
                                   "left out"},
        {"DURATION:1h",
         "line 5: DURATION must be a duration such as PT1H30M, and is \"1h\"; it was left out"},
        {"EXDATE:20261202,x", "line 5: EXDATE must be times such as 20261201T090000 or 20261201, and is "
                              "\"20261202,x\"; it was left out"},
        {"RRULE:FREQ=FORTNIGHTLY",
         "line 5: RRULE: \"FREQ=FORTNIGHTLY\" is not understood; the rule was left out"},
        {"RRULE:FREQ=DAILY;INTERVAL=0",
         "line 5: RRULE: \"INTERVAL=0\" is not understood; the rule was left out"},
        {"RRULE:FREQ=DAILY;BYMONTHDAY=0",
         "line 5: RRULE: \"BYMONTHDAY=0\" is not understood; the rule was left out"},
        {"RRULE:FREQ=DAILY;BYDAY=XX", "line 5: RRULE: \"BYDAY=XX\" is not understood; the rule was left out"},
        {"RRULE:FREQ=YEARLY;RSCALE=HEBREW",
         "line 5: RRULE: \"RSCALE=HEBREW\" is not understood; the rule was left out"},
        {"RRULE:COUNT=2", "line 5: RRULE: it has no FREQ; the rule was left out"},
        {"and went on in a new line",
         "line 5: \"and went on in a new line\" is no line NAME:VALUE; it was left out"},
        {"END:VALARM", "line 5: END:VALARM without its BEGIN was left out"},
        {"BEGIN:VALARM", "line 6: END:VEVENT ends a VALARM too"},
    };
    for (const auto& [line, warning] : cases)
        BOOST_TEST(told(event("DTSTART:20261201T090000Z\n" + line), december) ==
                   its_item + "! " + warning + "\n");
}

BOOST_AUTO_TEST_CASE(an_event_that_cannot_be_told_is_left_out) {
    BOOST_TEST(
        told(calendar("BEGIN:VEVENT\nUID:f\nSUMMARY:F\nDTSTART:soon\nEND:VEVENT\n" + a_day), december) ==
        its_item +
            "! line 5: DTSTART must be a time such as 20261201T090000 or 20261201, and is \"soon\"; it "
            "was left out\n"
            "! line 2: the event \"F\" has no start (DTSTART) that could be read; it was left out\n");
    BOOST_TEST(
        told(calendar("BEGIN:VEVENT\nUID:e\nDTSTART:20261202T090000Z\nRECURRENCE-ID:x\nEND:VEVENT\n" + a_day),
             december) == its_item + "! line 5: RECURRENCE-ID must be a time such as 20261201T090000 or "
                                     "20261201, and is \"x\"; it was left out\n"
                                     "! line 2: the event \"e\" was left out\n");
    // A change that cannot be read: what was planned is no more.
    BOOST_TEST(told(calendar(a_day + "BEGIN:VEVENT\nUID:e\nRECURRENCE-ID:20261201T090000Z\nEND:VEVENT\n"),
                    december) ==
               "! line 6: the event \"e\" has no start (DTSTART) that could be read; it was left out\n");
    BOOST_TEST(told(calendar("BEGIN:VEVENT\nUID:f\nDTSTART:20261202T090000Z\n" + a_day), december) ==
               its_item + "! line 5: a VEVENT without its END was passed over\n");
    BOOST_TEST(told("BEGIN:VCALENDAR\n" + a_day + "BEGIN:VEVENT\nDTSTART:20261202T090000Z\n", december) ==
               its_item + "! line 7: the calendar breaks off in a VEVENT\n");
}

BOOST_AUTO_TEST_CASE(only_so_much_is_said) {
    std::string many;
    for (int i = 0; i < 100; ++i)
        many += "nonsense\n";
    const Yield yield = look(calendar(many + a_day), december);
    BOOST_TEST(yield.items.size() == 1U);
    BOOST_REQUIRE(yield.warnings.size() == 21U);
    BOOST_TEST(yield.warnings.back() == "and 80 more of such");
}

BOOST_AUTO_TEST_CASE(lines_end_and_are_folded_in_all_ways) {
    const std::string folded =
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:e\nDTSTART:2026120\n 1T09\n\t0000Z\nEND:VEVENT\n";
    BOOST_TEST(told(folded + "END:VCALENDAR", december) == its_item);
    BOOST_TEST(
        told("\xef\xbb\xbf\r\n\r\nbegin:vcalendar\r\nbegin:vevent\r\n\r\nuid:e\r\r\ndtstart:20261201t09"
             "0000z\r\nend:vevent\r\nend:vcalendar",
             december) == its_item);
    // Without a calendar around it, and after words of somebody else's.
    BOOST_TEST(told(a_day, december) == its_item);
    BOOST_TEST(told("Hello,\nhere it is:\n" + calendar(a_day), december) == its_item);
    // A quote that nobody closed.
    BOOST_TEST(
        told(event("DTSTART:20261201T090000Z\nORGANIZER;CN=\"Jo:mailto:jo@e.org"), december) ==
        "- id=e/2026-12-01T09:00:00Z/0 author=Jo published=2026-12-01T09:00:00Z due=2026-12-01T09:00:00Z\n");
}

BOOST_AUTO_TEST_CASE(what_is_no_calendar_is_an_error) {
    const std::string none = "error: this is no calendar: ";
    BOOST_TEST(told("", december) == none + "it is empty\n");
    BOOST_TEST(told(" \r\n", december) == none + "it is empty\n");
    BOOST_TEST(
        told("\n<!DOCTYPE html>\n<html><body>Login</body></html>", december) ==
        none + "it is a web page; url must be the address of the .ics file itself, which such a page often "
               "has behind \"subscribe\" or \"iCal\"\n");
    BOOST_TEST(told("<?xml version=\"1.0\"?><icalendar/>", december) ==
               none + "it is XML; ask for the calendar as an .ics file\n");
    BOOST_TEST(told("[\"vcalendar\",[],[]]", december) ==
               none + "it is JSON; ask for the calendar as an .ics file\n");
    BOOST_TEST(told("BEGIN:VCARD\nFN:Jo\nEND:VCARD", december) ==
               none + "there is no BEGIN:VCALENDAR in it; url must be the address of an .ics file\n");
    BOOST_TEST(told(calendar(""), december) == "");
    const Instance instance{{}};
    BOOST_TEST(instance.look(calendar(""), INT64_MIN).error ==
               "a calendar is read for a certain time, and the host did not say a sensible one");
    BOOST_TEST(instance.look(calendar(""), INT64_MAX).error != "");
}

BOOST_AUTO_TEST_SUITE_END()
