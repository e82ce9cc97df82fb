#include "books.hpp"

using namespace crier;
using namespace crier::test;

BOOST_AUTO_TEST_SUITE(rates_buckets)

BOOST_AUTO_TEST_CASE(a_window_is_fixed_and_ends_two_seconds_late) {
    struct Row {
        Call call;
        int count;
        const char* at;
        const char* again;
    };
    const Row rows[] = {
        {Call::upload, 30, "2026-11-24T12:29:50Z", "2026-11-24T12:30:02Z"},
        {Call::upload, 30, "2026-11-24T12:31:00Z", "2026-11-24T13:00:02Z"},
        {Call::publish, 300, "2026-11-24T12:01:00Z", "2026-11-24T15:00:02Z"},
        {Call::probe, 300, "2026-11-24T12:01:00Z", "2026-11-24T12:05:02Z"},
        {Call::profile, 300, "2026-11-24T12:04:59.5Z", "2026-11-24T12:10:02Z"}, // counts on both sides
        {Call::page, 300, "2026-11-24T12:01:00Z", "2026-11-24T12:15:02Z"},
        {Call::remove, 30, "2026-11-24T12:59:00Z", "2026-11-24T13:00:02Z"},
    };
    for (const Row& row : rows) {
        Books books{"mastodon"};
        Instant at = *from_rfc3339(row.at);
        for (int i = 0; i < row.count; ++i) {
            BOOST_TEST((books.earliest(row.call, at) == at));
            books.call(row.call, Outcome::done, at);
        }
        Instant again = books.earliest(row.call, at);
        if (const Instant next = books.earliest(row.call, again); next > again)
            again = next;
        BOOST_TEST(to_rfc3339(again) == row.again);
    }
}

BOOST_AUTO_TEST_CASE(what_can_wait_leaves_half_of_a_window_to_the_rest) {
    Books books{"mastodon"};
    const Instant at = noon + 1min;
    const Needs look = Needs{}.add(Call::look_up);
    for (int i = 0; i < 150; ++i) {
        BOOST_TEST((books.address.earliest(look, {}, at, Share::half).when == at));
        books.call(Call::look_up, Outcome::done, at);
    }
    BOOST_TEST((books.address.earliest(look, {}, at, Share::half).when == noon + 5min + edge));
    BOOST_TEST((books.address.earliest(look, {}, at).when == at));
}

BOOST_AUTO_TEST_CASE(what_a_post_takes_of_each_bucket_by_its_outcome) {
    struct Row {
        Outcome outcome;
        int statuses;
        int api;
    };
    const Row rows[] = {{Outcome::done, 299, 299},
                        {Outcome::doubt, 299, 299},
                        {Outcome::nothing, 300, 299},
                        {Outcome::unsent, 300, 300}};
    for (const Row& row : rows) {
        Books books{"mastodon"};
        books.call(Call::publish, row.outcome, noon + 1min);
        BOOST_TEST(books.left("statuses", noon + 1min) == row.statuses);
        BOOST_TEST(books.left("api", noon + 1min) == row.api);
    }
}

BOOST_AUTO_TEST_CASE(a_repeat_in_the_same_window_is_no_second_post) {
    Books books{"mastodon"};
    books.call(Call::publish, Outcome::doubt, noon + 1min);
    Needs repeat = Needs{}.add(Call::publish);
    repeat.counted = noon + 1min;
    books.own.debit(repeat, noon + 4min);
    BOOST_TEST(books.left("statuses", noon + 4min) == 299);
    BOOST_TEST(books.left("api", noon + 4min) == 298);
    books.own.settle(repeat, Outcome::nothing, noon + 4min, 0s);
    BOOST_TEST(books.left("statuses", noon + 4min) == 299); // the first may be there all the same
    books.own.debit(repeat, noon + 3h + 1min);
    BOOST_TEST(books.left("statuses", noon + 3h + 1min) == 299); // in another window it is one
}

BOOST_AUTO_TEST_CASE(what_is_on_its_way_over_an_edge_counts_in_the_next_window_too) {
    Books books{"mastodon"};
    const Needs post = Needs{}.add(Call::publish);
    books.own.debit(post, noon + 3h - 30s);
    BOOST_TEST(books.left("statuses", noon + 3h + 3s) == 299);
    books.own.settle(post, Outcome::done, noon + 3h + 3s, 0s);
    BOOST_TEST(books.left("statuses", noon + 3h + 3s) == 299);
    // In doubt it may still be at work for the quiet period.
    books.call(Call::publish, Outcome::doubt, noon + 6h - 2min);
    BOOST_TEST(books.left("statuses", noon + 6h + 3s) == 299);
    books.call(Call::publish, Outcome::doubt, noon + 9h - 4min);
    BOOST_TEST(books.left("statuses", noon + 9h + 3s) == 300);
}

BOOST_AUTO_TEST_CASE(capacity_that_is_due_to_the_schedule_is_left_alone) {
    Books books{"mastodon"};
    const Instant now = noon + 1min;
    for (int i = 0; i < 290; ++i)
        books.call(Call::publish, Outcome::done, now);
    const Reserve ten = [](Instant until) { return Needs{}.add(Call::publish, until > noon + 1h ? 10 : 0); };
    const Needs post = Needs{}.add(Call::publish);
    BOOST_TEST((books.earliest(post, now) == now));
    BOOST_TEST((books.earliest(post, now, ten) == noon + 3h + 2s));
    BOOST_TEST(books.own.earliest(post, ten, now).why ==
               "what is left of the server's 300 posts in 3h is kept for the schedule");
}

BOOST_AUTO_TEST_CASE(a_schedule_that_wants_more_than_a_window_has_leaves_a_tenth_of_it_to_the_rest) {
    Books books{"mastodon"};
    const Reserve much = [](Instant) { return Needs{}.add(Call::publish, 720); };
    const Needs post = Needs{}.add(Call::publish);
    const Instant now = noon + 1min;
    for (int i = 0; i < 30; ++i) {
        BOOST_TEST((books.earliest(post, now, much) == now));
        books.call(Call::publish, Outcome::done, now);
    }
    BOOST_TEST((books.earliest(post, now, much) == noon + 3h + edge));
    BOOST_TEST(books.own.earliest(post, much, now).why ==
               "the schedule alone wants more than is left of the server's 300 posts in 3h");
    BOOST_TEST((books.earliest(post, now) == now)); // the schedule itself goes on
    // A window that it just fills is all its own.
    const Reserve all = [](Instant) { return Needs{}.add(Call::publish, 300); };
    BOOST_TEST((books.earliest(post, noon + 3h + 1min, all) == noon + 6h + edge));
}

BOOST_AUTO_TEST_CASE(gotosocial_counts_by_address_whatever_the_call) {
    Books books{"gotosocial"};
    const Instant now = noon + 1min;
    for (int i = 0; i < 300; ++i)
        books.call(i % 2 == 0 ? Call::publish : Call::profile, Outcome::done, now);
    for (const Call call : {Call::publish, Call::upload, Call::profile, Call::page})
        BOOST_TEST((books.earliest(call, now) == noon + 5min + 2s));
    BOOST_TEST(books.own.buckets().empty());
}

BOOST_AUTO_TEST_CASE(kinds_of_one_family_have_its_table_and_unknown_ones_none) {
    BOOST_TEST(table_of("glitch").size() == table_of("mastodon").size());
    BOOST_TEST(table_of("hometown").size() == table_of("mastodon").size());
    BOOST_TEST(table_of("gotosocial").size() == 1U);
    BOOST_TEST(table_of("pleroma").empty());
}

BOOST_AUTO_TEST_CASE(a_clock_that_is_corrected_opens_no_window) {
    Books books{"mastodon"};
    for (int i = 0; i < 300; ++i)
        books.call(Call::publish, Outcome::done, noon + 4h);
    BOOST_TEST(books.left("statuses", noon + 1min) == 0);
}

BOOST_AUTO_TEST_CASE(of_two_books_the_greater_use_wins) {
    Books a{"gotosocial"};
    Books b{"gotosocial"};
    for (int i = 0; i < 10; ++i)
        a.call(Call::publish, Outcome::done, noon + 1min);
    for (int i = 0; i < 25; ++i)
        b.call(Call::publish, Outcome::done, noon + 1min);
    a.address.merge(b.address);
    BOOST_TEST(a.left("address", noon + 1min) == 275);
    Books later{"gotosocial"};
    later.call(Call::publish, Outcome::done, noon + 6min);
    a.address.merge(later.address);
    BOOST_TEST(a.left("address", noon + 6min) == 299);
}

/// 30 deletions in 30 minutes.
BOOST_AUTO_TEST_CASE(when_so_many_calls_of_a_kind_are_done) {
    Books books{"mastodon"};
    const Instant now = noon + 10min;
    const Instant next = noon + 30min + 2s;
    const std::pair<int, Instant> rows[] = {
        {0, now},   {1, now},           {30, now},          {31, next},
        {60, next}, {61, next + 30min}, {90, next + 30min}, {91, next + 60min},
    };
    for (const auto& [count, done] : rows)
        BOOST_TEST((books.own.when_done(Call::remove, count, now) == done), count);
    for (int i = 0; i < 10; ++i)
        books.call(Call::remove, Outcome::done, now);
    BOOST_TEST((books.own.when_done(Call::remove, 20, now) == now));
    BOOST_TEST((books.own.when_done(Call::remove, 21, now) == next));
    BOOST_TEST((books.own.when_done(Call::pin, 300, now) > now)); // ten of the requests are used up
    Books unknown{"pleroma"};
    BOOST_TEST((unknown.own.when_done(Call::remove, 1000, now) == now));
    (void)unknown.hear(Call::remove, 100, 40, now + 3min, now);
    BOOST_TEST((unknown.own.when_done(Call::remove, 40, now) == now));
    BOOST_TEST((unknown.own.when_done(Call::remove, 140, now) < now + 4min));
    BOOST_TEST((unknown.own.when_done(Call::remove, 141, now) > now + 5min));
}

BOOST_AUTO_TEST_SUITE_END()
