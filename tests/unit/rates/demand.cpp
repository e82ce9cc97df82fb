#include "core/rates/demand.hpp"

#include "books.hpp"

using namespace crier;
using namespace crier::test;

namespace {

/// Each `period` for a day from noon.
std::vector<Instant> day_of(Duration period) {
    std::vector<Instant> due;
    for (Instant at = noon; at < noon + 24h; at += period)
        due.push_back(at);
    return due;
}

} // namespace

BOOST_AUTO_TEST_SUITE(rates_demand)

BOOST_AUTO_TEST_CASE(more_posts_than_a_window_has_are_told_by_the_limit_that_they_exceed_most) {
    const std::vector<Rule>& mastodon = table_of("mastodon");
    BOOST_TEST(!over_server(day_of(36s), mastodon)); // 300 in three hours
    const auto fast = over_server(day_of(15s), mastodon);
    BOOST_REQUIRE(fast);
    BOOST_TEST(fast->limit == "the server's 300 posts in 3h");
    BOOST_TEST(fast->wanted == 720);
    BOOST_TEST(fast->most == 300);
    BOOST_TEST((fast->begins == noon));
    BOOST_TEST(!over_server(day_of(15s), table_of("gotosocial"))); // 300 in five minutes
    // A burst is found in the window that it falls into.
    std::vector<Instant> burst(160, noon + 7h);
    burst.insert(burst.end(), 160, noon + 8h);
    BOOST_REQUIRE(over_server(burst, mastodon));
    BOOST_TEST((over_server(burst, mastodon)->begins == noon + 6h));
    BOOST_TEST(!over_server(burst, table_of("gotosocial")));
    burst.insert(burst.end(), 141, noon + 8h + 1min);
    BOOST_TEST(over_server(burst, table_of("gotosocial"))->limit == "the server's 300 requests in 5m");
    BOOST_TEST(!over_server(day_of(1s), table_of("pleroma"))); // says nothing of itself
    BOOST_TEST(!over_server({}, mastodon));
}

BOOST_AUTO_TEST_CASE(more_gaps_than_a_day_has_are_told) {
    Limits limits;
    BOOST_TEST(!over_gap(day_of(1min), limits, noon));
    limits.min_gap = 15min;
    BOOST_TEST(!over_gap(day_of(15min), limits, noon));
    const auto over = over_gap(day_of(10min), limits, noon);
    BOOST_REQUIRE(over);
    BOOST_TEST(over->limit == "the 96 that `min_gap: 15m` leaves room for");
    BOOST_TEST(over->wanted == 144);
    QuietHours quiet;
    quiet.from = 22h;
    quiet.to = 6h;
    quiet.timezone = "UTC";
    limits.quiet.hours = quiet;
    BOOST_TEST(over_gap(day_of(15min), limits, noon)->most == 64);
    BOOST_TEST(over_gap(day_of(15min), limits, noon)->limit ==
               "the 64 that `min_gap: 15m` leaves room for outside of the quiet hours");
    BOOST_TEST(!over_gap(day_of(30min), limits, noon));
}

BOOST_AUTO_TEST_SUITE_END()
