// A year of looks, as the host makes them.

#include "harness.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <string>

using namespace crier::calendar::test;

namespace {

constexpr std::int64_t one_minute = 60'000'000;
constexpr std::int64_t one_day = 24 * 60 * one_minute;

/// Keeps what is due later, takes what is due.
struct Taker {
    std::map<std::string, std::int64_t> taken; ///< id, and how many microseconds after it was due
    std::map<std::string, std::int64_t> waiting;
    int twice = 0;

    /// The time until the next look passes, then that look is made.
    void pass(std::int64_t until, const Yield& yield) {
        for (const auto& [id, due] : waiting)
            if (due < until)
                take(id, 0);
        waiting.clear();
        for (const Seen& item : yield.items)
            if (item.due >= until)
                waiting.emplace(item.id, item.due);
            else if (taken.count(item.id) == 0) // the host knows what it has seen
                take(item.id, until - item.due);
    }

    void take(const std::string& id, std::int64_t late) { twice += taken.emplace(id, late).second ? 0 : 1; }
};

const std::string events =
    "X-WR-TIMEZONE:Europe/Berlin\n"
    "BEGIN:VEVENT\nUID:daily\nDTSTART;TZID=Europe/Berlin:20200101T023000\nDURATION:PT1H\n"
    "RRULE:FREQ=DAILY;INTERVAL=3\nEXDATE;TZID=Europe/Berlin:20260601T023000\nEND:VEVENT\n"
    "BEGIN:VEVENT\nUID:weekly\nDTSTART;TZID=America/New_York:20250101T200000\nDURATION:PT2H\n"
    "RRULE:FREQ=WEEKLY;BYDAY=MO,WE\nEND:VEVENT\n"
    "BEGIN:VEVENT\nUID:weekly\nRECURRENCE-ID;TZID=America/New_York:20260311T200000\n"
    "DTSTART;TZID=America/New_York:20260312T190000\nEND:VEVENT\n"
    "BEGIN:VEVENT\nUID:bill\nDTSTART;VALUE=DATE:20250131\nRRULE:FREQ=MONTHLY;BYMONTHDAY=-1\nEND:VEVENT\n"
    "BEGIN:VEVENT\nUID:once\nDTSTART:20260704T120000\nDTEND:20260704T180000\nEND:VEVENT\n";

const Settings leads{{"leads", "1w"}, {"leads", "1d"}, {"leads", "1h"}, {"leads", "0"}, {"leads", "-10m"}};

} // namespace

BOOST_AUTO_TEST_SUITE(calendar_year)

BOOST_AUTO_TEST_CASE(each_reminder_comes_exactly_once_and_in_time) {
    const std::string bytes = calendar(events);
    const std::int64_t begin = at("2026-01-01T00:07:00Z");
    const std::int64_t end = begin + 365 * one_day;
    Settings whole = leads;
    whole.emplace_back("horizon", "366d");
    std::map<std::string, std::int64_t> expected;
    for (const Seen& item : look(bytes, "2026-01-01T00:07:00Z", whole).items)
        if (item.due < end)
            expected.emplace(item.id, item.due);
    BOOST_TEST(expected.size() > 900U);

    Settings short_ones = leads;
    short_ones.emplace_back("horizon", "1d");
    const Instance instance{short_ones};
    Taker taker;
    for (std::int64_t now = begin; now <= end; now += 15 * one_minute)
        taker.pass(now, instance.look(bytes, now, 10'000, false));
    BOOST_TEST(taker.twice == 0);
    BOOST_TEST(taker.taken.size() == expected.size());
    for (const auto& [id, due] : expected) {
        const auto taken = taker.taken.find(id);
        BOOST_TEST((taken != taker.taken.end()), id);
        if (taken != taker.taken.end() && due >= begin)
            BOOST_TEST(taken->second == 0, id);
    }
}

BOOST_AUTO_TEST_CASE(what_is_moved_or_cancelled_on_the_way_comes_as_it_was_last) {
    const auto with_start = [](const std::string& start, const std::string& more = {}) {
        return event("DTSTART:" + start + "\n" + more);
    };
    const Instance instance{{{"leads", "0"}, {"leads", "1d"}}};
    Taker taker;
    const std::int64_t begin = at("2026-12-01T00:00:00Z");
    for (std::int64_t now = begin; now < begin + 6 * one_day; now += 15 * one_minute) {
        const std::int64_t hour = (now - begin) / (60 * one_minute);
        // First for the 3rd, 9:00. On the 2nd, after its first reminder, moved to the 4th; on the 4th
        // cancelled.
        const std::string bytes = hour < 30   ? with_start("20261203T090000Z")
                                  : hour < 35 ? with_start("20261203T100000Z")
                                  : hour < 80 ? with_start("20261204T120000Z")
                                              : with_start("20261204T120000Z", "STATUS:CANCELLED");
        taker.pass(now, instance.look(bytes, now, 10'000, false));
    }
    std::string all;
    for (const auto& [id, late] : taker.taken)
        all += id + " ";
    BOOST_TEST(all == "e/2026-12-03T10:00:00Z/1d e/2026-12-04T12:00:00Z/1d ");
    BOOST_TEST(taker.twice == 0);
}

BOOST_AUTO_TEST_SUITE_END()
