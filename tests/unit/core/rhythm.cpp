#include "core/rhythm.hpp"

#include <boost/test/unit_test.hpp>

#include <vector>

using namespace crier;
using namespace std::chrono_literals;

namespace {

const Instant now = *from_rfc3339("2026-11-24T12:00:00Z");

/// Items that were published so long ago.
std::vector<Item> published(std::initializer_list<Duration> ages) {
    std::vector<Item> items;
    for (const Duration age : ages) {
        items.emplace_back();
        items.back().published = now - age;
    }
    return items;
}

Duration interval(std::initializer_list<Duration> ages, Duration later = {}) {
    return look_interval(rhythm_of(published(ages), now), 5min, 6h, now + later);
}

} // namespace

BOOST_AUTO_TEST_SUITE(rhythm_of_sources)

BOOST_AUTO_TEST_CASE(what_publishes_often_is_looked_at_often) {
    BOOST_TEST((interval({1h, 2h, 3h, 4h}) == 7min + 30s));
    BOOST_TEST((interval({4h, 12h, 20h}) == 1h));
    BOOST_TEST((interval({24h, 48h, 72h}) == 3h));
    BOOST_TEST((interval({1min, 2min, 3min}) == 5min)); // but not more often than at `least`
    BOOST_TEST((interval({24h * 30, 24h * 60}) == 6h)); // and at least so often
}

BOOST_AUTO_TEST_CASE(the_order_of_the_items_does_not_matter) {
    BOOST_TEST((interval({4h, 1h, 3h, 2h}) == interval({1h, 2h, 3h, 4h})));
}

BOOST_AUTO_TEST_CASE(what_falls_silent_is_looked_at_less_and_less) {
    BOOST_TEST((interval({1h, 2h, 3h}, 7h) == 1h));
    BOOST_TEST((interval({1h, 2h, 3h}, 24h * 365) == 6h));
    BOOST_TEST((interval({8h, 8h, 8h}) == 1h)); // all at once: the silence alone tells
}

BOOST_AUTO_TEST_CASE(only_the_newest_dates_count) {
    std::vector<Item> items = published({1h, 2h, 3h, 4h, 5h, 6h, 7h, 8h, 9h, 10h});
    for (const Item& item : published({11h, 12h, 13h, 14h, 15h, 16h, 17h, 18h, 19h, 20h, 9000h, 90000h}))
        items.push_back(item);
    BOOST_TEST((rhythm_of(items, now).gap == 1h));
}

BOOST_AUTO_TEST_CASE(without_dates_there_is_no_rhythm) {
    BOOST_TEST((interval({}) == 5min));
    BOOST_TEST((interval({3h}) == 5min));
    BOOST_TEST((interval({-1h, -2h, 3h}) == 5min)); // to come: a calendar's, or a clock that is wrong
    std::vector<Item> items(3);
    items[0].updated = now - 24h; // mended ones are not new
    BOOST_TEST(!rhythm_of(items, now).newest);
    items = published({24h, 48h});
    items[0].gone = true;
    BOOST_TEST(!rhythm_of(items, now).newest);
}

BOOST_AUTO_TEST_CASE(a_fixed_interval_is_what_it_says) {
    const Rhythm rhythm = rhythm_of(published({24h, 48h}), now);
    BOOST_TEST((look_interval(rhythm, 15min, Duration{}, now) == 15min));
    BOOST_TEST((look_interval(rhythm, 15min, 15min, now) == 15min));
}

BOOST_AUTO_TEST_CASE(a_clock_that_was_set_back_costs_nothing) {
    const Rhythm rhythm = rhythm_of(published({1h, 2h}), now);
    BOOST_TEST((look_interval(rhythm, 5min, 6h, now - 24h * 365) == 7min + 30s));
}

BOOST_AUTO_TEST_SUITE_END()
