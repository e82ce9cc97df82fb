#include "cron_firings.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::schedule;

namespace {

template <class Set>
std::string members(const Set& set) {
    std::string text;
    for (std::size_t i = 0; i < set.size(); ++i)
        if (set[i])
            text += (text.empty() ? "" : ",") + std::to_string(i);
    return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(cron)

BOOST_AUTO_TEST_CASE(fields_become_sets) {
    const Cron cron = Cron::parse("  5,10-12,*/30  9-17/4 1,15 jan,Mar-MAY mon-fri\t").value();
    BOOST_TEST(members(cron.seconds) == "0");
    BOOST_TEST(members(cron.minutes) == "0,5,10,11,12,30");
    BOOST_TEST(members(cron.hours) == "9,13,17");
    BOOST_TEST(members(cron.days) == "1,15");
    BOOST_TEST(members(cron.months) == "1,3,4,5");
    BOOST_TEST(members(cron.weekdays) == "1,2,3,4,5");
    BOOST_TEST(cron.text == "5,10-12,*/30  9-17/4 1,15 jan,Mar-MAY mon-fri");
}

BOOST_AUTO_TEST_CASE(sunday_has_two_numbers_and_may_end_a_range) {
    for (const char* weekdays : {"0", "7", "SUN", "0,7", "sun-0"})
        BOOST_TEST(members(Cron::parse("0 0 * * " + std::string{weekdays}).value().weekdays) == "0",
                   weekdays);
    BOOST_TEST(members(Cron::parse("0 0 * * FRI-SUN").value().weekdays) == "0,5,6");
    BOOST_TEST(members(Cron::parse("0 0 * * 5-7").value().weekdays) == "0,5,6");
    BOOST_TEST(members(Cron::parse("0 0 * * */2").value().weekdays) == "0,2,4,6");
    BOOST_TEST(members(Cron::parse("0 0 * * 0/2").value().weekdays) == "0,2,4,6");
    BOOST_TEST(members(Cron::parse("0 0 * * 5-7/2").value().weekdays) == "0,5");
}

BOOST_AUTO_TEST_CASE(six_fields_begin_with_seconds) {
    const Cron cron = Cron::parse("*/20 1 2 3 4 5").value();
    BOOST_TEST(members(cron.seconds) == "0,20,40");
    BOOST_TEST(members(cron.minutes) == "1");
    BOOST_TEST(members(cron.hours) == "2");
    BOOST_TEST(members(cron.days) == "3");
    BOOST_TEST(members(cron.months) == "4");
    BOOST_TEST(members(cron.weekdays) == "5");
}

BOOST_AUTO_TEST_CASE(a_step_behind_one_number_goes_on_to_the_end_of_the_field) {
    BOOST_TEST(members(Cron::parse("5/20 * * * *").value().minutes) == "5,25,45");
    BOOST_TEST(members(Cron::parse("0 0 * * 1/2").value().weekdays) == "1,3,5");
}

BOOST_AUTO_TEST_CASE(shortcuts_stand_for_fields_in_any_case) {
    const std::pair<const char*, const char*> cases[] = {
        {"@hourly", "2026-11-24T10:00:00"},   {"@daily", "2026-11-25T00:00:00"},
        {"@Midnight", "2026-11-25T00:00:00"}, {"@weekly", "2026-11-29T00:00:00"},
        {"@monthly", "2026-12-01T00:00:00"},  {"@YEARLY", "2027-01-01T00:00:00"},
        {"@annually", "2027-01-01T00:00:00"}};
    for (const auto& [cron, expected] : cases)
        BOOST_TEST(cron_firings(cron, "UTC", "2026-11-24T09:30:00Z", 1) == expected, cron);
}

// The examples of docs/SCHEDULE.md.
BOOST_AUTO_TEST_CASE(documented_examples_fire_as_documented) {
    struct {
        const char* cron;
        int count;
        const char* expected;
    } const cases[] = {
        {"0 9 * * MON", 2, "2026-11-30T09:00:00 2026-12-07T09:00:00"},
        {"30 7,19 * * *", 3, "2026-11-24T19:30:00 2026-11-25T07:30:00 2026-11-25T19:30:00"},
        {"*/15 9-17 * * MON-FRI", 2, "2026-11-24T12:15:00 2026-11-24T12:30:00"},
        {"0 0 1 * *", 2, "2026-12-01T00:00:00 2027-01-01T00:00:00"},
        {"0 12 13 * FRI", 4,
         "2026-11-27T12:00:00 2026-12-04T12:00:00 2026-12-11T12:00:00 2026-12-13T12:00:00"},
        {"0 12 */2 * FRI", 2, "2026-11-27T12:00:00 2026-12-11T12:00:00"},
        {"0 10 29 2 *", 2, "2028-02-29T10:00:00 2032-02-29T10:00:00"},
        {"30 0 8 * * *", 1, "2026-11-25T08:00:30"},
        {"0 18 L * *", 2, "2026-11-30T18:00:00 2026-12-31T18:00:00"},
        {"0 9 1,15,L * *", 3, "2026-11-30T09:00:00 2026-12-01T09:00:00 2026-12-15T09:00:00"},
        {"0 9 * * MON#1", 2, "2026-12-07T09:00:00 2027-01-04T09:00:00"},
        {"0 9 L * MON", 3, "2026-11-30T09:00:00 2026-12-07T09:00:00 2026-12-14T09:00:00"},
        {"0 0 30 2 *", 1, ""},
    };
    for (const auto& c : cases)
        BOOST_TEST(cron_firings(c.cron, "Europe/Berlin", "2026-11-24T11:00:00Z", c.count) == c.expected,
                   c.cron);
}

// 29 March 2026 has no 02:00 to 02:59 in Berlin, 25 October has it twice.
BOOST_AUTO_TEST_CASE(fixed_hours_fire_once_over_a_change_of_the_clocks) {
    struct {
        const char* cron;
        const char* zone;
        const char* after;
        int count;
        const char* expected;
    } const cases[] = {
        {"30 2 * * *", "Europe/Berlin", "2026-03-27T12:00:00Z", 3,
         "2026-03-28T02:30:00 2026-03-29T03:00:00 2026-03-30T02:30:00"},
        {"*/10 2 * * *", "Europe/Berlin", "2026-03-29T00:00:00Z", 2,
         "2026-03-29T03:00:00 2026-03-30T02:00:00"},
        {"0 2,3 * * *", "Europe/Berlin", "2026-03-29T00:00:00Z", 2,
         "2026-03-29T03:00:00 2026-03-30T02:00:00"},
        {"30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", 2, "2026-10-25T02:30:00 2026-10-26T02:30:00"},
        {"0,30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", 3,
         "2026-10-25T02:00:00 2026-10-25T02:30:00 2026-10-26T02:00:00"},
        {"15 2 * * *", "Australia/Lord_Howe", "2026-10-03T00:00:00Z", 2,
         "2026-10-04T02:30:00 2026-10-05T02:15:00"},
        {"0 9 * * *", "Pacific/Apia", "2011-12-29T12:00:00Z", 4,
         "2011-12-29T09:00:00 2011-12-31T00:00:00 2011-12-31T09:00:00 2012-01-01T09:00:00"},
        {"0 9 * * FRI", "Pacific/Apia", "2011-12-29T12:00:00Z", 2, "2011-12-31T00:00:00 2012-01-06T09:00:00"},
    };
    for (const auto& c : cases)
        BOOST_TEST(cron_firings(c.cron, c.zone, c.after, c.count) == c.expected, c.cron << " in " << c.zone);
}

BOOST_AUTO_TEST_CASE(star_hours_go_by_elapsed_time_over_a_change_of_the_clocks) {
    struct {
        const char* cron;
        const char* zone;
        const char* after;
        int count;
        const char* expected;
    } const cases[] = {
        {"0 * * * *", "Europe/Berlin", "2026-03-28T23:30:00Z", 3,
         "2026-03-29T01:00:00 2026-03-29T03:00:00 2026-03-29T04:00:00"},
        {"0 * * * *", "Europe/Berlin", "2026-10-24T23:30:00Z", 3,
         "2026-10-25T02:00:00 2026-10-25T02:00:00 2026-10-25T03:00:00"},
        {"0 */2 * * *", "Europe/Berlin", "2026-10-24T21:30:00Z", 4,
         "2026-10-25T00:00:00 2026-10-25T02:00:00 2026-10-25T02:00:00 2026-10-25T04:00:00"},
        {"*/20 * * * *", "Europe/Berlin", "2026-03-29T00:30:00Z", 3,
         "2026-03-29T01:40:00 2026-03-29T03:00:00 2026-03-29T03:20:00"},
        // Two hours after midnight the clock shows three: nothing is lost ...
        {"0 */2 * * *", "Europe/Berlin", "2026-03-28T22:30:00Z", 3,
         "2026-03-29T00:00:00 2026-03-29T03:00:00 2026-03-29T04:00:00"},
        // ... and what lay in the gap is not bunched at its end.
        {"*/20 */2 * * *", "Europe/Berlin", "2026-03-29T00:30:00Z", 4,
         "2026-03-29T03:00:00 2026-03-29T03:20:00 2026-03-29T03:40:00 2026-03-29T04:00:00"},
        {"15 * * * *", "Australia/Lord_Howe", "2026-10-03T14:00:00Z", 3,
         "2026-10-04T01:15:00 2026-10-04T02:45:00 2026-10-04T03:15:00"},
        {"0 */6 * * *", "Pacific/Apia", "2011-12-30T03:00:00Z", 3,
         "2011-12-29T18:00:00 2011-12-31T00:00:00 2011-12-31T06:00:00"},
    };
    for (const auto& c : cases)
        BOOST_TEST(cron_firings(c.cron, c.zone, c.after, c.count) == c.expected, c.cron << " in " << c.zone);
}

BOOST_AUTO_TEST_CASE(the_next_firing_is_strictly_later_and_fractions_do_not_hide_one) {
    const Rule rule = Cron::parse("* * * * * *").value();
    const auto next = [&](const char* after) {
        return to_rfc3339(next_after(rule, Zone{}, from_rfc3339(after).value()).value());
    };
    BOOST_TEST(next("2026-11-24T09:00:00Z") == "2026-11-24T09:00:01Z");
    BOOST_TEST(next("2026-11-24T09:00:00.000001Z") == "2026-11-24T09:00:01Z");
    BOOST_TEST(next("2026-11-24T08:59:59.999999Z") == "2026-11-24T09:00:00Z");
}

BOOST_AUTO_TEST_SUITE_END()
