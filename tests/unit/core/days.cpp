// What lies between two days, by tables and against an oracle that goes from day to day.

#include "core/text/days.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <random>
#include <string>

using namespace crier;
using namespace crier::text;
using std::chrono::local_days;
using std::chrono::year_month_day;

namespace {

local_days day_of(const char* text) {
    const GivenDay given = read_day(text).value();
    return day_ahead(given, {});
}

std::string shown(local_days day) {
    return to_rfc3339(std::chrono::sys_days{day.time_since_epoch()}).substr(0, 10);
}

unsigned seed_of_days() {
    const char* given = std::getenv("CRIER_TEST_SEED"); // NOLINT(concurrency-mt-unsafe): one thread
    return given == nullptr ? 20261124U : static_cast<unsigned>(std::strtoul(given, nullptr, 10));
}

bool falls_on(local_days day, std::chrono::month_day wanted) {
    const year_month_day date{day};
    if (wanted == std::chrono::February / 29 && !date.year().is_leap())
        wanted = std::chrono::March / 1;
    return date.month() / date.day() == wanted;
}

} // namespace

BOOST_AUTO_TEST_SUITE(days_of_templates)

BOOST_AUTO_TEST_CASE(what_is_no_day_is_refused_with_a_hint) {
    const struct {
        const char* text;
        const char* message;
        const char* hint;
    } cases[] = {
        {"2027-02-30", "there is no 2027-02-30", "first the month, then the day: 01-31"},
        {"2027-04-31", "there is no 2027-04-31", "first the month, then the day: 01-31"},
        {"2027-02-29", "there is no 2027-02-29", "February has 28 days in that year"},
        {"02-30", "there is no 02-30", "first the month, then the day: 01-31"},
        {"24-12", "there is no 24-12", "first the month, then the day: 01-31"},
        {"00-10", "there is no 00-10", "first the month, then the day: 01-31"},
        {"10-00", "there is no 10-00", "first the month, then the day: 01-31"},
        {"9001-01-01", "the year of 9001-01-01 is out of reach", "years go from 0001 to 9000"},
        {"0000-01-01", "the year of 0000-01-01 is out of reach", "years go from 0001 to 9000"},
        {"", "'' is no day", "it is written 2027-01-31, or 01-31 for every year"},
        {"1-1", "'1-1' is no day", "it is written 2027-01-31, or 01-31 for every year"},
        {"2027-1-01", "'2027-1-01' is no day", "it is written 2027-01-31, or 01-31 for every year"},
        {"2027-01-01 09:00", "'2027-01-01 09:00' is no day",
         "it is written 2027-01-31, or 01-31 for every year"},
        {"-027-01-01", "'-027-01-01' is no day", "it is written 2027-01-31, or 01-31 for every year"},
    };
    for (const auto& c : cases) {
        const Result<GivenDay> read = read_day(c.text);
        BOOST_TEST_REQUIRE(read.has_error(), c.text);
        BOOST_TEST(read.error().message == c.message);
        BOOST_TEST(read.error().hint == c.hint);
    }
    BOOST_TEST(!read_day("2028-02-29").has_error());
    BOOST_TEST(!read_day("02-29").has_error());
    BOOST_TEST(!read_day("0001-01-01").has_error());
    BOOST_TEST(!read_day("9000-12-31").has_error());
}

BOOST_AUTO_TEST_CASE(a_local_time_is_read_to_the_minute) {
    BOOST_TEST((read_local("2027-01-31 09:05").value() - day_of("2027-01-31")).count() == 9 * 3600 + 5 * 60);
    BOOST_TEST((read_local("2027-01-31").value() - day_of("2027-01-31")).count() == 0);
    BOOST_TEST((read_local("2027-01-31 23:59").value() - day_of("2027-01-31")).count() == 86'340);
    const std::pair<const char*, const char*> cases[] = {
        {"2027-01-31 24:00", "there is no 24:00"},
        {"2027-01-31 09:60", "there is no 09:60"},
        {"2027-02-30 09:00", "there is no 2027-02-30"},
        {"01-31", "'01-31' is no day with a time"},
        {"2027-01-31 9:00", "'2027-01-31 9:00' is no day with a time"},
        {"2027-01-31T09:00", "'2027-01-31T09:00' is no day with a time"},
        {"2027-01-31 09:00:00", "'2027-01-31 09:00:00' is no day with a time"},
    };
    for (const auto& [text, message] : cases)
        BOOST_TEST(read_local(text).error().message == message, text);
}

BOOST_AUTO_TEST_CASE(months_are_completed_on_their_day_or_the_first_after) {
    const struct {
        const char* from;
        const char* to;
        int months;
    } cases[] = {
        {"2026-11-24", "2026-11-24", 0},  {"2026-11-24", "2026-12-23", 0},
        {"2026-11-24", "2026-12-24", 1},  {"2026-12-24", "2026-11-24", -1},
        {"2026-12-23", "2026-11-24", 0},  {"2026-01-31", "2026-02-28", 0},
        {"2026-01-31", "2026-03-01", 1},  {"2026-01-31", "2026-03-30", 1},
        {"2026-01-31", "2026-03-31", 2},  {"2024-02-29", "2025-02-28", 11},
        {"2024-02-29", "2025-03-01", 12}, {"2024-02-29", "2028-02-28", 47},
        {"2024-02-29", "2028-02-29", 48}, {"0001-01-01", "9000-12-31", 107'999},
    };
    for (const auto& c : cases)
        BOOST_TEST(months_between(day_of(c.from), day_of(c.to)) == c.months, c.from << " to " << c.to);
}

BOOST_AUTO_TEST_CASE(days_of_every_year_are_found_as_by_going_there) {
    BOOST_TEST_MESSAGE("seed " << seed_of_days());
    std::mt19937 random{seed_of_days()};
    for (int i = 0; i < 300; ++i) {
        const local_days today = day_of("1999-01-01") + std::chrono::days{random() % 20'000};
        // Every third a day on which the years differ.
        const year_month_day other{day_of("2024-01-01") + std::chrono::days{random() % 366}};
        GivenDay given;
        given.day = i % 3 == 0 ? std::chrono::February / 29 : other.month() / other.day();
        local_days ahead = today;
        while (!falls_on(ahead, given.day))
            ahead += std::chrono::days{1};
        local_days behind = today;
        while (!falls_on(behind, given.day))
            behind -= std::chrono::days{1};
        BOOST_TEST(shown(day_ahead(given, today)) == shown(ahead), shown(today));
        BOOST_TEST(shown(day_behind(given, today)) == shown(behind), shown(today));
    }
}

BOOST_AUTO_TEST_CASE(months_are_counted_as_by_going_there) {
    std::mt19937 random{seed_of_days()};
    for (int i = 0; i < 100; ++i) {
        const local_days from = day_of("1999-01-01") + std::chrono::days{random() % 20'000};
        const year_month_day begin{from};
        int completed = 0;
        for (local_days to = from; to < from + std::chrono::days{800}; to += std::chrono::days{1}) {
            // The day on which the next one is full, or the first of March for a 30 February.
            const year_month_day next = begin + std::chrono::months{completed + 1};
            const local_days full = next.ok() ? local_days{next}
                                              : local_days{(next + std::chrono::months{1}).year() /
                                                           (next + std::chrono::months{1}).month() / 1};
            completed += to == full ? 1 : 0;
            if (months_between(from, to) != completed || months_between(to, from) != -completed)
                BOOST_TEST(months_between(from, to) == completed, shown(from) << " to " << shown(to));
        }
        BOOST_TEST(completed >= 25, shown(from));
    }
}

BOOST_AUTO_TEST_SUITE_END()
