#include "books.hpp"
#include "core/rates/pace.hpp"
#include "core/rates/quiet.hpp"

using namespace crier;
using namespace crier::test;

BOOST_AUTO_TEST_SUITE(rates_own)

BOOST_AUTO_TEST_CASE(an_accounts_own_limits) {
    Limits limits;
    limits.min_gap = 90s;
    limits.per_hour = 2;
    limits.per_day = 3;
    Pace pace;
    const auto at = [&](bool scheduled, Instant now) { return pace.earliest(limits, scheduled, now).when; };
    BOOST_TEST((at(false, noon) == noon));
    pace.leave(limits, false, noon);
    BOOST_TEST((at(true, noon) == noon + 90s));
    BOOST_TEST((at(false, noon) == noon + 90s));
    pace.leave(limits, false, noon + 10min);
    BOOST_TEST((at(false, noon + 20min) == noon + 1h));
    BOOST_TEST((at(true, noon + 20min) == noon + 20min));
    pace.leave(limits, true, noon + 30min); // outside of the counts
    BOOST_TEST((at(false, noon + 30min) == noon + 1h));
    pace.leave(limits, false, noon + 1h);
    BOOST_TEST((at(false, noon + 3h) == noon + 24h));
    BOOST_TEST(pace.earliest(limits, false, noon + 3h).why == "`per_day: 3` is used up");
    pace.take_back();
    BOOST_TEST((at(false, noon + 3h) == noon + 3h));
    // The clock stood in the future when it was noted.
    pace.leave(limits, false, noon + 24h * 400);
    BOOST_TEST((at(false, noon + 3h) <= noon + 4h));
}

BOOST_AUTO_TEST_CASE(a_long_list_is_kept_by_the_minute_and_never_too_short) {
    Limits limits;
    limits.per_day = 2000;
    Pace pace;
    for (int i = 0; i < 2000; ++i)
        pace.leave(limits, false, noon + i * 1s);
    BOOST_TEST(pace.leaves().size() < 200U);
    const Instant again = pace.earliest(limits, false, noon + 1h).when;
    BOOST_TEST((again >= noon + 24h));
    BOOST_TEST((again <= noon + 24h + 1min));
    // Without a limit that looks back nothing is kept but the last.
    Pace bare;
    for (int i = 0; i < 100; ++i)
        bare.leave(Limits{}, false, noon + i * 1s);
    BOOST_TEST(bare.leaves().size() <= 3U);
}

BOOST_AUTO_TEST_CASE(quiet_hours_by_the_local_clock) {
    struct Row {
        int from;
        int to;
        const char* when;
        const char* until; ///< empty: not quiet
    };
    const Row rows[] = {
        {23, 7, "2026-11-24T21:59:59Z", ""},                     // 22:59:59 in Berlin
        {23, 7, "2026-11-24T22:00:00Z", "2026-11-25T06:00:00Z"}, // 23:00
        {23, 7, "2026-11-25T05:59:59Z", "2026-11-25T06:00:00Z"}, // 06:59:59
        {23, 7, "2026-11-25T06:00:00Z", ""},                     // 07:00
        {1, 5, "2026-11-25T00:30:00Z", "2026-11-25T04:00:00Z"},  // 01:30
        {1, 5, "2026-11-24T23:30:00Z", ""},                      // 00:30
        {23, 7, "2026-03-28T22:30:00Z", "2026-03-29T05:00:00Z"}, // a night of seven hours
        {23, 7, "2026-10-24T21:30:00Z", "2026-10-25T06:00:00Z"}, // one of nine
        {23, 2, "2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z"}, // 02:00 does not come: 03:00
        {23, 2, "2026-10-25T00:30:00Z", ""},                     // 02:30, the first time
        {0, 24, "2026-11-24T12:00:00Z", "2026-11-24T23:00:00Z"},
    };
    for (const Row& row : rows) {
        BOOST_TEST_CONTEXT(row.when) {
            QuietTimes quiet;
            quiet.hours.emplace();
            quiet.hours->from = std::chrono::hours{row.from};
            quiet.hours->to = std::chrono::hours{row.to};
            quiet.hours->timezone = "Europe/Berlin";
            const auto until = quiet_until(quiet, *from_rfc3339(row.when));
            BOOST_TEST((until ? to_rfc3339(*until) : std::string{}) == row.until);
        }
    }
    // 02:30 comes twice in October: what lies between is quiet again.
    Limits limits;
    limits.quiet.hours.emplace();
    limits.quiet.hours->from = std::chrono::hours{23};
    limits.quiet.hours->to = std::chrono::hours{2} + std::chrono::minutes{30};
    limits.quiet.hours->timezone = "Europe/Berlin";
    BOOST_TEST(to_rfc3339(after_quiet(limits.quiet, *from_rfc3339("2026-10-25T01:10:00Z"))) ==
               "2026-10-25T01:30:00Z");
    BOOST_TEST(to_rfc3339(after_quiet(limits.quiet, *from_rfc3339("2026-10-25T00:10:00Z"))) ==
               "2026-10-25T00:30:00Z");
}

BOOST_AUTO_TEST_SUITE_END()
