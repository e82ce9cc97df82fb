#include "core/fuse.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace std::chrono_literals;

namespace {

const Instant noon = *from_rfc3339("2026-11-24T12:00:00Z");

std::vector<fuse::One> posts(std::size_t count, Instant from, Duration apart = Duration{}) {
    std::vector<fuse::One> list(count);
    for (std::size_t i = 0; i < count; ++i) {
        list[i].when = from + apart * static_cast<std::int64_t>(i);
        list[i].link = digest_of("link " + to_rfc3339(from) + std::to_string(i));
        list[i].text = digest_of("text " + to_rfc3339(from) + std::to_string(i));
    }
    return list;
}

std::vector<Instant> moments(std::size_t count, Instant from, Duration apart = Duration{}) {
    std::vector<Instant> list(count);
    for (std::size_t i = 0; i < count; ++i)
        list[i] = from + apart * static_cast<std::int64_t>(i);
    return list;
}

/// From which on the wanted are held; their number: none.
std::size_t held_from(const fuse::Past& past, const std::vector<fuse::One>& wanted, bool at_once,
                      Duration within = 1h) {
    return fuse::judge(Fuse{}, within, past, wanted, at_once).held_from;
}

} // namespace

BOOST_AUTO_TEST_SUITE(core_fuse)

BOOST_AUTO_TEST_CASE(so_many_posts_trip_it_and_one_less_does_not) {
    const struct {
        std::size_t made;   // half an hour ago
        std::size_t wanted; // now, in one look
        bool trips;
    } cases[] = {{0, 0, false}, {0, 1, false}, {0, 9, false}, {0, 10, true},  {0, 500, true},
                 {8, 1, false}, {9, 1, true},  {9, 0, false}, {100, 1, true}, {5, 5, true}};
    for (const auto& one : cases) {
        fuse::Past past;
        past.recent = posts(one.made, noon - 30min);
        const auto verdict = fuse::judge(Fuse{}, 1h, past, posts(one.wanted, noon), true);
        BOOST_TEST_CONTEXT(one.made << " made, " << one.wanted << " wanted") {
            BOOST_TEST(verdict.held_from == (one.trips ? 0U : one.wanted));
            BOOST_TEST(verdict.too_many == one.trips);
            BOOST_TEST(verdict.why.empty() == !one.trips);
        }
    }
}

BOOST_AUTO_TEST_CASE(what_came_one_by_one_is_held_from_the_one_that_is_too_many) {
    BOOST_TEST(held_from({}, posts(30, noon, 1min), false) == 9U);
    BOOST_TEST(held_from({}, posts(30, noon, 1min), true) == 0U);
    BOOST_TEST(held_from({}, posts(300, noon, 7min), false) == 300U); // nine in any hour
    BOOST_TEST(held_from({}, posts(300, noon, 6min), false) == 9U);
}

BOOST_AUTO_TEST_CASE(what_left_the_window_does_not_count) {
    fuse::Past past;
    past.recent = posts(9, noon - 1h);
    BOOST_TEST(held_from(past, posts(9, noon), true) == 9U);
    past.recent = posts(9, noon - 1h + 1us);
    BOOST_TEST(held_from(past, posts(1, noon), true) == 0U);
    BOOST_TEST(held_from(past, posts(1, noon), true, 59min) == 1U);
    BOOST_TEST(held_from(past, posts(9, noon + 1h), true) == 9U);
}

BOOST_AUTO_TEST_CASE(what_it_is_used_to_is_no_surprise_and_half_as_much_again_neither) {
    fuse::Past past;
    past.habit = moments(40, noon - 240h, 1min); // forty in an hour, once
    BOOST_TEST(held_from(past, posts(40, noon), true) == 40U);
    BOOST_TEST(held_from(past, posts(60, noon), true) == 60U);
    BOOST_TEST(held_from(past, posts(61, noon), true) == 0U);
    // The same number over many days is no habit of forty in an hour.
    past.habit = moments(40, noon - 240h, 2h);
    BOOST_TEST(held_from(past, posts(10, noon), true) == 0U);
}

BOOST_AUTO_TEST_CASE(the_habit_is_the_most_in_any_span_whatever_the_order) {
    BOOST_TEST(fuse::most_within({}, 1h) == 0U);
    BOOST_TEST(fuse::most_within({noon, noon - 1h, noon + 30min, noon + 2h, noon + 30min}, 1h) == 3U);
    BOOST_TEST(fuse::most_within(moments(100, noon, 1min), 1h) == 60U);
}

BOOST_AUTO_TEST_CASE(the_same_link_and_the_same_text_trip_it_from_the_repeat_on) {
    auto wanted = posts(5, noon);
    wanted[3].link = wanted[1].link;
    auto verdict = fuse::judge(Fuse{}, 1h, {}, wanted, true);
    BOOST_TEST(verdict.held_from == 3U);
    BOOST_TEST(!verdict.too_many);
    BOOST_TEST(verdict.why == "the same link in 2 posts within 1h");

    wanted = posts(5, noon);
    wanted[1].text = wanted[0].text;
    BOOST_TEST(held_from({}, wanted, true) == 5U);
    wanted[2].text = wanted[0].text;
    verdict = fuse::judge(Fuse{}, 1h, {}, wanted, true);
    BOOST_TEST(verdict.held_from == 2U);
    BOOST_TEST(verdict.why == "the same text in 3 posts within 1h");
}

BOOST_AUTO_TEST_CASE(a_repeat_counts_with_what_was_made_within_the_window_alone) {
    fuse::Past past;
    past.recent = posts(1, noon - 30min);
    auto wanted = posts(1, noon);
    wanted[0].link = past.recent[0].link;
    BOOST_TEST(held_from(past, wanted, true) == 0U);
    past.recent[0].when = noon - 1h;
    BOOST_TEST(held_from(past, wanted, true) == 1U);
}

BOOST_AUTO_TEST_CASE(no_link_and_no_text_are_never_the_same) {
    auto wanted = posts(9, noon);
    for (fuse::One& one : wanted) {
        one.link = {};
        one.text = {};
    }
    BOOST_TEST(held_from({}, wanted, true) == 9U);
}

BOOST_AUTO_TEST_CASE(switched_off_it_never_trips) {
    Fuse off;
    off.on = false;
    const auto wanted = posts(1000, noon);
    BOOST_TEST(fuse::judge(off, 1h, {}, wanted, true).held_from == 1000U);
}

BOOST_AUTO_TEST_CASE(it_says_the_numbers) {
    fuse::Past past;
    past.habit = moments(8, noon - 48h);
    BOOST_TEST(fuse::judge(Fuse{}, 1h, past, posts(25, noon), true).why ==
               "25 posts within 1h, and 13 trip the fuse (until now at most 8 in such a time)");
    BOOST_TEST(fuse::judge(Fuse{}, 1h, {}, posts(25, noon), true).why ==
               "25 posts within 1h, and 10 trip the fuse");
}

BOOST_AUTO_TEST_CASE(ten_thousand_posts_with_one_link_take_no_time) {
    fuse::Past past;
    past.recent = posts(10'000, noon - 1min);
    past.habit = moments(10'000, noon - 240h, 1s);
    auto wanted = posts(10'000, noon, 1us);
    for (fuse::One& one : wanted)
        one.link = past.recent.front().link;
    BOOST_TEST(held_from(past, wanted, false) == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
