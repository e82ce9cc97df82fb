#include "books.hpp"
#include "core/rates/server_clock.hpp"
#include "core/rates/text.hpp"

using namespace crier;
using namespace crier::test;

BOOST_AUTO_TEST_SUITE(rates_kept)

BOOST_AUTO_TEST_CASE(the_servers_clock_is_learnt_and_goes_on_by_itself) {
    ServerClock clock;
    BOOST_TEST((clock.now(noon, Mono{1s}) == noon));
    clock.learn(noon + 90s, noon, Mono{1s});
    BOOST_TEST((clock.now(noon, Mono{1s}) == noon + 90s + 500ms));
    // Ours jumps; the server's does not.
    BOOST_TEST((clock.now(noon + 4h, Mono{11s}) == noon + 100s + 500ms));
    // A second this way or that is the rounding of Date.
    clock.learn(noon + 101s, noon + 4h, Mono{11s});
    BOOST_TEST((clock.now(noon + 4h, Mono{11s}) == noon + 100s + 500ms));
}

BOOST_AUTO_TEST_CASE(what_is_kept_comes_back_and_rubbish_does_not) {
    Books books{"mastodon"};
    const Instant now = noon + 1min;
    for (int i = 0; i < 7; ++i)
        books.call(Call::publish, Outcome::done, now);
    (void)books.hear(Call::publish, 100, 50, noon + 3h, now);
    (void)books.hear(Call::publish, 9, 4, noon + 47min, now);
    books.call(Call::profile, Outcome::done, now);
    Saved saved;
    saved.server_ahead = -90s;
    saved.add(books.own);
    saved.add(books.address);
    saved.leaves = {{noon, 1}, {noon + 90s, 0}};
    const std::string text = to_text(saved);
    const auto read = parse_saved(text);
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST(to_text(*read) == text);
    Books again{"mastodon"};
    read->put_into(again.own);
    read->put_into(again.address);
    BOOST_TEST(again.left("statuses", now) == 50);
    BOOST_TEST(again.own.find("statuses")->limit() == 100);
    BOOST_TEST(again.left("api", now) == 293);
    BOOST_TEST(again.left("anonymous", now) == 299);
    BOOST_TEST(again.own.learnt().size() == 1U);
    BOOST_TEST(parse_saved("").has_value());
    for (const char* const rubbish :
         {"{}", "rates2", "rates1 bucket", "rates1 bucket,own,api,-,300000000,1,2", "rates1 left,x,1",
          "rates1 left,1,1,1", "rates1 left,99999999999999999999,1", "rates1 clock,", "rates1  clock,1",
          "rates1 learnt,none,1,-,1,1,1", "rates1 bucket,own,api,0,300000000,1,2,0",
          "rates1 left,9223372036854775807,1"})
        BOOST_TEST(!parse_saved(rubbish).has_value(), rubbish);
    for (std::size_t cut = 1; cut + 1 < text.size(); ++cut)
        (void)parse_saved(std::string_view{text}.substr(0, cut));
}

BOOST_AUTO_TEST_SUITE_END()
