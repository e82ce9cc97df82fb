#include "books.hpp"

using namespace crier;
using namespace crier::test;

BOOST_AUTO_TEST_SUITE(rates_news)

BOOST_AUTO_TEST_CASE(headers_correct_the_bucket_that_they_describe) {
    struct Row {
        const char* what;
        Call call;
        std::optional<int> limit;
        std::optional<int> remaining;
        Instant reset;
        const char* bucket;
        int statuses;
        int api;
    };
    const Instant now = noon + 1min;
    const Row rows[] = {
        {"by size and end", Call::publish, 300, 17, noon + 3h, "statuses", 17, 300},
        {"a margin on the reset", Call::publish, 300, 17, noon + 5min + 2s, "api", 300, 17},
        {"never upwards", Call::publish, 300, 400, noon + 3h, "statuses", 300, 300},
        {"another size", Call::publish, 100, 20, noon + 3h, "statuses", 20, 300},
        {"an end that no bucket has", Call::publish, 300, 20, noon + 47min, "learnt", 300, 300},
        {"an upload says nothing of posts", Call::upload, 300, 20, noon + 3h, "learnt", 300, 300},
    };
    for (const Row& row : rows) {
        BOOST_TEST_CONTEXT(row.what) {
            Books books{"mastodon"};
            const Heard heard = books.hear(row.call, row.limit, row.remaining, row.reset, now);
            BOOST_TEST(heard.bucket == row.bucket);
            BOOST_TEST(books.left("statuses", now) == row.statuses);
            BOOST_TEST(books.left("api", now) == row.api);
        }
    }
}

BOOST_AUTO_TEST_CASE(where_two_windows_end_together_the_fewest_left_is_meant) {
    Books books{"mastodon"};
    const Instant now = noon + 3h - 1min;
    for (int i = 0; i < 250; ++i)
        books.call(Call::publish, Outcome::nothing, now); // requests, but no posts
    (void)books.hear(Call::publish, 300, 40, noon + 3h, now);
    BOOST_TEST(books.left("api", now) == 40);
    BOOST_TEST(books.left("statuses", now) == 300);
}

BOOST_AUTO_TEST_CASE(a_429_closes_what_it_names_until_its_end) {
    Books books{"mastodon"};
    const Instant now = noon + 1min;
    const Heard heard = books.hear(Call::upload, 30, 0, noon + 30min, now, true);
    BOOST_TEST(heard.closed);
    BOOST_TEST(heard.bucket == "media");
    BOOST_TEST((books.earliest(Call::upload, now) == noon + 30min + 2s));
    BOOST_TEST((books.earliest(Call::publish, now) == now));
    // Without a size it names nothing, and without an end neither.
    BOOST_TEST(!books.hear(Call::publish, std::nullopt, 0, noon + 10min, now, true).closed);
    BOOST_TEST(!books.hear(Call::publish, std::nullopt, std::nullopt, std::nullopt, now, true).closed);
}

BOOST_AUTO_TEST_CASE(a_server_whose_window_has_begun_is_believed_at_the_edge) {
    Books books{"mastodon"};
    for (int i = 0; i < 300; ++i)
        books.call(Call::publish, Outcome::done, noon - 1h);
    // Our reckoning is still in the old window; the reply is of the new one.
    (void)books.hear(Call::publish, 300, 299, noon + 3h, noon + 1s);
    BOOST_TEST(books.left("statuses", noon + 1s) == 299);
}

BOOST_AUTO_TEST_CASE(a_limit_that_only_replies_tell_of) {
    Books books{"snac"};
    Instant now = noon;
    BOOST_TEST((books.earliest(Call::publish, now) == now));
    (void)books.hear(Call::publish, 3, 2, noon + 10min, now);
    books.call(Call::publish, Outcome::done, now);
    books.call(Call::publish, Outcome::done, now);
    BOOST_TEST((books.earliest(Call::publish, now) == noon + 10min + 2s));
    // After its end all of it is there again, and no more.
    now = noon + 11min;
    for (int i = 0; i < 3; ++i) {
        BOOST_TEST((books.earliest(Call::publish, now) == now));
        books.call(Call::publish, Outcome::done, now);
    }
    BOOST_TEST((books.earliest(Call::publish, now) > now));
    // Years ahead: no limit means that.
    Books other{"snac"};
    (void)other.hear(Call::publish, 3, 0, noon + 24h * 400, noon);
    BOOST_TEST((other.earliest(Call::publish, noon) == noon));
}

BOOST_AUTO_TEST_CASE(a_server_that_makes_up_limits_fills_no_memory) {
    Books books{"snac"};
    for (int i = 1; i < 1000; ++i)
        (void)books.hear(Call::publish, i, i, noon + i * 1min, noon);
    BOOST_TEST(books.own.learnt().size() <= 8U);
}

BOOST_AUTO_TEST_SUITE_END()
