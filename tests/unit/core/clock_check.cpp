#include "core/clock_check.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace std::chrono_literals;

namespace {

const Instant now = *from_rfc3339("2026-11-24T12:00:00Z");

} // namespace

BOOST_AUTO_TEST_SUITE(clock_check)

BOOST_AUTO_TEST_CASE(a_clock_an_hour_behind_the_last_life_is_in_doubt) {
    ClockCheck check;
    check.begin(now, Instant{});
    BOOST_TEST(!check.in_doubt());
    check.begin(now, now + 59min);
    BOOST_TEST(!check.in_doubt());
    check.begin(now, now + 1h);
    BOOST_TEST(check.in_doubt());
    BOOST_TEST(
        check.trouble("news") ==
        "the clock says 2026-11-24T12:00:00Z, and crier was alive at 2026-11-24T13:00:00Z: is it right?");
    check.confirm();
    BOOST_TEST(check.trouble("news").empty());
}

BOOST_AUTO_TEST_CASE(one_server_that_agrees_settles_it_for_all_and_one_that_does_not_for_itself) {
    ClockCheck check;
    check.begin(now, now + 2h);
    BOOST_TEST(!check.agreed());
    BOOST_TEST(check.heard("art", now + 2h, now));
    BOOST_TEST(check.in_doubt());
    BOOST_TEST(check.heard("news", now + 5min, now));
    BOOST_TEST(!check.in_doubt());
    BOOST_TEST(check.trouble("news").empty());
    BOOST_TEST(!check.agreed());
    BOOST_TEST(check.trouble("art") ==
               "the clock says 2026-11-24T12:00:00Z, and the server's is 2026-11-24T14:00:00Z");
}

BOOST_AUTO_TEST_CASE(it_is_agreed_on_when_a_server_was_heard_and_none_differs) {
    ClockCheck check;
    check.begin(now, now - 1h);
    BOOST_TEST(!check.agreed());
    (void)check.heard("news", now + 1min, now);
    BOOST_TEST(check.agreed());
    (void)check.heard("art", now + 1h, now);
    BOOST_TEST(!check.agreed());
}

BOOST_AUTO_TEST_CASE(what_a_person_excused_is_forgotten_when_the_two_agree) {
    ClockCheck check;
    BOOST_TEST(check.heard("news", now - 2h, now));
    check.confirm();
    BOOST_TEST(check.trouble("news").empty());
    // It was our clock after all, and somebody has set it.
    BOOST_TEST(!check.heard("news", now, now));
    BOOST_TEST(check.trouble("news").empty());
    BOOST_TEST(check.heard("news", now - 2h, now));
}

BOOST_AUTO_TEST_CASE(five_minutes_either_way_are_borne) {
    for (const int sign : {1, -1}) {
        ClockCheck check;
        BOOST_TEST(!check.heard("news", now + sign * 5min, now));
        BOOST_TEST(check.heard("news", now + sign * (5min + 1s), now));
        BOOST_TEST(!check.trouble("news").empty());
        BOOST_TEST(!check.heard("news", now + sign * 20min, now)); // no news
        BOOST_TEST(check.heard("news", now, now));
        BOOST_TEST(check.trouble("news").empty());
    }
}

BOOST_AUTO_TEST_CASE(a_server_whose_clock_is_wrong_is_excused_by_a_person_and_for_so_much_only) {
    ClockCheck check;
    BOOST_TEST(check.heard("news", now + 30min, now));
    check.confirm();
    BOOST_TEST(check.trouble("news").empty());
    BOOST_TEST(!check.heard("news", now + 31min, now));
    BOOST_TEST(check.heard("news", now + 2h, now));
}

BOOST_AUTO_TEST_SUITE_END()
