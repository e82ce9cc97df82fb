// Which days a cron expression means: the rule that joins its day fields, and the days that float.

#include "cron_firings.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::schedule;

namespace {

/// The days of a month on which `0 0 DAY * WEEKDAY` fires, such as "1 15".
std::string days_in(const char* month, const std::string& day, const std::string& weekday) {
    const Rule rule = Cron::parse("0 0 " + day + " * " + weekday).value();
    const Instant begin = from_rfc3339(std::string{month} + "-01T00:00:00Z").value();
    std::string text;
    for (auto next = next_after(rule, Zone{}, begin - Duration{1});
         next && to_rfc3339(*next).substr(0, 7) == month; next = next_after(rule, Zone{}, *next))
        text += (text.empty() ? "" : " ") + std::to_string(std::stoi(to_rfc3339(*next).substr(8, 2)));
    return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(cron_days)

// January 2027 begins with a Friday. crontab(5): "30 4 1,15 * 5" runs on the 1st and 15th of each month, plus
// every Friday; a field that begins with * is unrestricted, and days match both.
BOOST_AUTO_TEST_CASE(either_day_field_is_enough_when_both_are_restricted) {
    const struct {
        const char* day;
        const char* weekday;
        const char* expected;
    } cases[] = {
        {"1,15", "5", "1 8 15 22 29"},
        {"1,15", "MON", "1 4 11 15 18 25"},
        {"1,15", "*", "1 15"},
        {"*", "5", "1 8 15 22 29"},
        {"13", "FRI", "1 8 13 15 22 29"},
        {"*/2", "FRI", "1 15 29"},
        {"1-31/2", "FRI", "1 3 5 7 8 9 11 13 15 17 19 21 22 23 25 27 29 31"},
        {"1,15", "*/5", "1 15"},
        {"1,16", "*/5", "1"},
        {"*/10", "*/2", "21 31"},
        {"*,1", "SAT", "2 9 16 23 30"},
        {"1,*", "SAT", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31"},
        {"1-7", "MON", "1 2 3 4 5 6 7 11 18 25"},
        {"*/15", "0-6", "1 16 31"},
        // With days that float: restricted as well, unless a * stands before them.
        {"L", "MON", "4 11 18 25 31"},
        {"15W", "FRI#1", "1 15"},
        {"L", "*", "31"},
        {"*/10,L-1", "SAT#5,MON#2", "11 30"},
        {"*/30", "SUNL", "31"},
        {"L", "*/2,MONL", "31"},
    };
    for (const auto& c : cases)
        BOOST_TEST(days_in("2027-01", c.day, c.weekday) == c.expected, c.day << " * " << c.weekday);
}

BOOST_AUTO_TEST_CASE(days_that_float_lie_elsewhere_in_each_month) {
    const struct {
        const char* month;
        const char* day;
        const char* weekday;
        const char* expected;
    } cases[] = {
        {"2026-02", "L", "*", "28"},
        {"2028-02", "L", "*", "29"},
        {"2026-02", "l-27", "*", "1"},
        {"2026-02", "L-28", "*", ""},
        {"2026-11", "L-3,L", "*", "27 30"},
        {"2026-11", "1,15,L", "*", "1 15 30"},
        {"2026-10", "LW", "*", "30"},  // the 31st is a Saturday
        {"2026-05", "lw", "*", "29"},  // the 31st is a Sunday
        {"2026-06", "LW", "*", "30"},  // a Tuesday
        {"2026-08", "15W", "*", "14"}, // a Saturday
        {"2026-11", "15w", "*", "16"}, // a Sunday
        {"2026-12", "15W", "*", "15"},
        {"2026-08", "1W", "*", "3"},   // a Saturday: never July
        {"2026-11", "1W", "*", "2"},   // a Sunday
        {"2026-05", "31W", "*", "29"}, // a Sunday: never June
        {"2026-10", "31W", "*", "30"}, // a Saturday
        {"2026-06", "31W", "*", ""},   // June has none
        {"2026-02", "28W", "*", "27"},
        {"2026-11", "*", "MON#1", "2"},
        {"2026-11", "*", "mon#2", "9"},
        {"2026-11", "*", "1#5", "30"},
        {"2026-11", "*", "TUE#5", ""},
        {"2026-11", "*", "7#1,0#2", "1 8"},
        {"2026-11", "*", "FRIL", "27"},
        {"2026-11", "*", "5l,1L", "27 30"},
        {"2026-11", "*", "7L", "29"},
        {"2026-11", "*", "TUEL", "24"}, // the last seven days begin with it       {"2026-11", "*",
                                        // "MON,FRI#2", "2 9 13 16 23 30"},
        {"2026-02", "*", "SATL", "28"},
    };
    for (const auto& c : cases)
        BOOST_TEST(days_in(c.month, c.day, c.weekday) == c.expected,
                   c.day << " * " << c.weekday << " in " << c.month);
}

BOOST_AUTO_TEST_CASE(a_29th_of_february_on_a_weekday_comes_round_in_28_years) {
    // Both day fields restricted means either, so the weekday has to begin with a star: */7 is Sunday.
    BOOST_TEST(cron_firings("0 0 29 2 */6", "UTC", "2021-01-01T00:00:00Z", 2) ==
               "2032-02-29T00:00:00 2048-02-29T00:00:00");
    BOOST_TEST(cron_firings("0 0 * 2 MON#5", "UTC", "2021-01-01T00:00:00Z", 2) ==
               "2044-02-29T00:00:00 2072-02-29T00:00:00");
}

// 2100 is no leap year: the longest that any day is away.
BOOST_AUTO_TEST_CASE(what_the_year_2100_leaves_out_is_found_40_years_later) {
    BOOST_TEST(cron_firings("0 0 * 2 MON#5", "Europe/Berlin", "2072-03-01T00:00:00Z", 1) ==
               "2112-02-29T00:00:00");
    BOOST_TEST(cron_firings("0 0 29W 2 *", "UTC", "2097-01-01T00:00:00Z", 1) == "2104-02-29T00:00:00");
}

BOOST_AUTO_TEST_CASE(what_no_month_has_is_never_found) {
    for (const char* cron : {"0 0 30W 2 *", "0 0 31W 4,6,9,11 *", "0 0 L-29 FEB *", "0 0 L-30 4 *",
                             "0 0 */20 * MON#2", "0 0 15W * */6", "0 0 31 2,4 *"})
        BOOST_TEST(cron_firings(cron, "Europe/Berlin", "2026-01-01T00:00:00Z", 1) == "", cron);
}

BOOST_AUTO_TEST_SUITE_END()
