#include "core/day_tally.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>

using namespace crier;
using namespace std::chrono_literals;

namespace {

const Instant first_day = *from_rfc3339("2026-11-23T00:00:00Z");
const std::vector<Instant> two_days{first_day, first_day + 24h, first_day + 48h};

} // namespace

BOOST_AUTO_TEST_SUITE(tally)

BOOST_AUTO_TEST_CASE(each_post_counts_on_the_day_on_which_it_went_out) {
    DayTally tally{two_days};
    tally.published(1, "news", first_day, first_day);             // a day begins with its first moment,
    tally.published(2, "news", first_day, first_day + 24h - 1us); // and ends before the next one's
    tally.published(3, "art", first_day, first_day + 24h);        // due the day before
    tally.published(4, "news", first_day + 47h, first_day + 48h); // outside
    tally.published(5, "news", first_day - 1h, first_day - 1us);  // outside
    tally.failed(first_day + 25h);
    tally.failed(first_day + 48h); // outside
    const Counted counted = tally.finish();
    BOOST_REQUIRE_EQUAL(counted.days.size(), 2U);
    BOOST_TEST(counted.days[0].published == 2);
    BOOST_TEST(counted.days[0].failed == 0);
    BOOST_TEST(counted.days[0].by_account.at("news") == 2);
    BOOST_TEST(counted.days[1].published == 1);
    BOOST_TEST(counted.days[1].failed == 1);
    BOOST_TEST(counted.days[1].by_account.at("art") == 1);
    BOOST_TEST(counted.lateness.count == 3U);
}

BOOST_AUTO_TEST_CASE(percentiles_are_of_posts_that_were_there) {
    DayTally tally{two_days};
    for (int i = 100; i >= 1; --i)
        tally.published(i, "news", first_day, first_day + i * 1ms);
    const Lateness lateness = tally.finish().lateness;
    BOOST_TEST((lateness.p50 == 50ms));
    BOOST_TEST((lateness.p90 == 90ms));
    BOOST_TEST((lateness.p99 == 99ms));
    BOOST_TEST((lateness.most == 100ms));
    BOOST_REQUIRE_EQUAL(lateness.worst.size(), DayTally::most_worst);
    BOOST_TEST(lateness.worst.front().id == 100);
    BOOST_TEST(lateness.worst.back().id == 91);

    DayTally one{two_days};
    one.published(1, "news", first_day + 1s, first_day); // with a head start
    const Lateness alone = one.finish().lateness;
    BOOST_TEST((alone.p50 == Duration::zero() && alone.p99 == Duration::zero()));
    BOOST_TEST(alone.worst.empty());
}

BOOST_AUTO_TEST_CASE(nothing_is_zero_everywhere) {
    const Counted counted = DayTally{two_days}.finish();
    BOOST_TEST(counted.days.size() == 2U);
    BOOST_TEST(counted.lateness.count == 0U);
    BOOST_TEST((counted.lateness.p50 == Duration::zero() && counted.lateness.most == Duration::zero()));
    BOOST_TEST(DayTally{{}}.finish().days.empty());
}

BOOST_AUTO_TEST_SUITE_END()
