// A source behind an address: what is asked, what is remembered, what each answer means.

#include "harness.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::plugin::test;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(plugin_web_source)

BOOST_AUTO_TEST_CASE(a_feed_comes_as_items_and_the_next_look_is_conditional) {
    World world;
    const auto source = world.source();
    HttpResponse& first = world.http.answer(200, rss(rss_item("1") + rss_item("2")));
    first.headers = {{"ETag", "\"abc\""}, {"Last-Modified", "Tue, 24 Nov 2026 10:00:00 GMT"}};
    const auto yield = world.look(*source);
    BOOST_REQUIRE(yield);
    BOOST_REQUIRE(yield->items.size() == 2U);
    BOOST_TEST(yield->items[0].title == "Title of 1");
    BOOST_TEST(world.http.sent("If-None-Match") == "");
    BOOST_TEST(world.http.sent("Accept").find("application/atom+xml") == 0U);
    BOOST_TEST(world.http.seen[0].follow_redirects);
    BOOST_TEST(!world.http.seen[0].allow_private);

    world.http.answer(304);
    const auto again = world.look(*source, yield->cursor);
    BOOST_REQUIRE(again);
    BOOST_TEST(again->unchanged);
    BOOST_TEST(again->cursor == yield->cursor);
    BOOST_TEST(world.http.sent("If-None-Match") == "\"abc\"");
    BOOST_TEST(world.http.sent("If-Modified-Since") == "Tue, 24 Nov 2026 10:00:00 GMT");
}

BOOST_AUTO_TEST_CASE(the_same_bytes_are_not_read_again_where_a_server_has_no_validators) {
    World world;
    const auto source = world.source();
    world.http.answer(200, rss(rss_item("1")));
    world.http.answer(200, rss(rss_item("1")));
    world.http.answer(200, rss(rss_item("2")));
    const auto first = world.look(*source);
    const auto second = world.look(*source, first->cursor);
    BOOST_TEST(second->unchanged);
    BOOST_TEST(second->items.empty());
    const auto third = world.look(*source, second->cursor);
    BOOST_TEST(!third->unchanged);
    BOOST_TEST(third->items.size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_a_feed_says_of_when_to_look_holds_while_it_stays_the_same) {
    World world;
    const auto source = world.source();
    const std::string says = "<ttl>60</ttl><skipHours><hour>3</hour></skipHours>"
                             "<skipDays><day>Sunday</day></skipDays>";
    world.http.answer(200, rss(says + rss_item("1"))).headers = {{"ETag", "\"abc\""}};
    const auto first = world.look(*source);
    LookRule rule;
    rule.step = 1h;
    rule.skip_hours = 1U << 3U;
    rule.skip_days = 1;
    BOOST_TEST((first->rule == rule));
    BOOST_TEST(!first->wait);

    world.http.answer(304);
    const auto by_its_word = world.look(*source, first->cursor);
    BOOST_TEST(by_its_word->unchanged);
    BOOST_TEST((by_its_word->rule == rule));

    world.http.answer(200, rss(says + rss_item("1")));
    const auto by_its_bytes = world.look(*source, by_its_word->cursor);
    BOOST_TEST(by_its_bytes->unchanged);
    BOOST_TEST((by_its_bytes->rule == rule));

    world.http.answer(304); // after a restart
    const auto later = world.look(*world.source(), by_its_bytes->cursor);
    BOOST_TEST((later->rule == rule));

    world.http.answer(200, rss(rss_item("1"))); // it says nothing any more
    const auto other = world.look(*source, later->cursor);
    BOOST_TEST((other->rule == LookRule{}));
    world.http.answer(304);
    BOOST_TEST((world.look(*source, other->cursor)->rule == LookRule{}));
}

BOOST_AUTO_TEST_CASE(how_often_something_new_comes_is_known_while_nothing_does) {
    World world;
    const auto source = world.source();
    const auto dated = [](const std::string& id, const std::string& hour) {
        return "<item><guid>" + id + "</guid><pubDate>Tue, 24 Nov 2026 " + hour +
               ":00:00 GMT</pubDate></item>";
    };
    world.http.answer(200, rss(dated("2", "10") + dated("1", "08")));
    const auto first = world.look(*source);
    BOOST_TEST((first->rhythm.newest == from_rfc3339("2026-11-24T10:00:00Z")));
    BOOST_TEST((first->rhythm.gap == Duration{2h}));
    world.http.answer(304);
    const auto later = world.look(*world.source(), first->cursor);
    BOOST_TEST((later->rhythm == first->rhythm));
    world.http.answer(200, rss(rss_item("1")));
    BOOST_TEST(!world.look(*source, later->cursor)->rhythm.newest);
}

BOOST_AUTO_TEST_CASE(validators_of_another_address_are_not_sent) {
    World world;
    auto source = world.source();
    world.http.answer(200, rss(rss_item("1"))).headers = {{"ETag", "\"abc\""}};
    const auto first = world.look(*source);
    world.settings.url = "https://other.example/feed.xml";
    source = world.source();
    world.http.answer(200, rss(rss_item("1")));
    const auto second = world.look(*source, first->cursor);
    BOOST_TEST(world.http.sent("If-None-Match") == "");
    BOOST_TEST(second->items.size() == 1U); // the same bytes of another address are read
}

BOOST_AUTO_TEST_CASE(a_damaged_cursor_means_a_whole_look) {
    World world;
    const auto source = world.source();
    for (const char* cursor : {"{", "[]", "{\"url\":1}", "\xff", "null"}) {
        world.http.answer(200, rss(rss_item("1")));
        BOOST_TEST(world.look(*source, cursor)->items.size() == 1U);
        BOOST_TEST(world.http.sent("If-None-Match") == "");
    }
}

BOOST_AUTO_TEST_CASE(a_move_for_good_counts_only_where_a_feed_was_found) {
    World world;
    const auto source = world.source();
    HttpResponse& moved = world.http.answer(200, rss(rss_item("1")));
    moved.moved_to = "https://new.example/feed.xml";
    moved.headers = {{"ETag", "\"n\""}};
    const auto yield = world.look(*source);
    BOOST_TEST(yield->moved_to == "https://new.example/feed.xml");
    // What was learnt of the new address serves the source that looks there from now on.
    const auto there = world.source(yield->moved_to);
    world.http.answer(304);
    BOOST_TEST(world.look(*there, yield->cursor)->unchanged);
    BOOST_TEST(world.http.seen.back().url == "https://new.example/feed.xml");
    BOOST_TEST(world.http.sent("If-None-Match") == "\"n\"");

    world.http.answer(200, "<html><body>This domain is for sale</body></html>").moved_to =
        "https://parked.example/";
    const auto parked = world.look(*source);
    BOOST_TEST(!parked);
    BOOST_TEST(parked.error().message.find("https://example.org/feed.xml: ") == 0U);
}

BOOST_AUTO_TEST_CASE(gone_is_gone) {
    World world;
    const auto source = world.source();
    world.http.answer(410);
    const auto yield = world.look(*source, "cursor");
    BOOST_TEST(yield->gone);
    BOOST_TEST(yield->cursor == "cursor");
}

BOOST_AUTO_TEST_CASE(other_answers_are_trouble_with_a_way_out_and_their_wait_counts) {
    struct Case {
        int status;
        const char* says;
        const char* hint;
    };
    const Case cases[] = {
        {401, "answers 401: it does not let everybody read", "private window"},
        {403, "answers 403", "private window"},
        {404, "answers 404: there is nothing", "`url`"},
        {406, "no such format", "RSS, Atom or JSON Feed"},
        {429, "asked too often", "`poll`"},
        {500, "in trouble", ""},
        {503, "in trouble", ""},
        {302, "leads nowhere", "`url`"},
        {418, "answers 418", ""},
    };
    for (const Case& one : cases) {
        BOOST_TEST_CONTEXT(one.status) {
            World world;
            const auto source = world.source();
            world.http.answer(one.status, "<html>").headers = {{"Retry-After", "7200"}};
            const auto yield = world.look(*source, "cursor");
            BOOST_REQUIRE(yield);
            BOOST_REQUIRE(yield->trouble);
            BOOST_TEST(yield->trouble->message.find("https://example.org/feed.xml answers ") == 0U);
            BOOST_TEST(yield->trouble->message.find(one.says) != std::string::npos, yield->trouble->message);
            BOOST_TEST(yield->trouble->hint.find(one.hint) != std::string::npos, yield->trouble->hint);
            BOOST_TEST((yield->wait == Duration{2h}));
            BOOST_TEST(yield->cursor == "cursor");
        }
    }
}

BOOST_AUTO_TEST_CASE(no_key_of_an_address_is_told) {
    World world;
    world.settings.url = "https://me:s3cr3t@example.org/feed.xml?key=s3cr3t";
    const auto source = world.source();
    world.http.answer(404);
    const auto missing = world.look(*source);
    BOOST_REQUIRE(missing);
    BOOST_TEST(missing->trouble->message.find("https://...@example.org/feed.xml answers 404") == 0U);
    world.http.answer(200, "<html>").url = "https://example.org/feed.xml?key=s3cr3t";
    const auto page = world.look(*source);
    BOOST_REQUIRE(!page);
    BOOST_TEST(page.error().message.find("https://example.org/feed.xml: ") == 0U);
}

BOOST_AUTO_TEST_CASE(a_failure_of_the_network_is_passed_on) {
    World world;
    const auto source = world.source();
    world.http.script.emplace_back(
        HttpFailure{HttpPhase::connect, Failure{Cause::network, "no route", "look at the cable"}, false});
    const auto yield = world.look(*source);
    BOOST_REQUIRE(!yield);
    BOOST_TEST(yield.error().message == "no route");
}

BOOST_AUTO_TEST_CASE(big_documents_are_read_on_the_pool_and_small_ones_at_once) {
    World world;
    const auto source = world.source();
    world.http.answer(200, rss(rss_item("1")));
    (void)world.look(*source);
    BOOST_TEST(world.pool.runs == 0);
    std::string many;
    for (int i = 0; i < 2000; ++i)
        many += rss_item(std::to_string(i));
    world.http.answer(200, rss(many));
    BOOST_TEST(world.look(*source)->items.size() == 2000U);
    BOOST_TEST(world.pool.runs == 1);
}

BOOST_AUTO_TEST_CASE(what_the_plugin_says_of_its_settings_is_told_with_the_sources_name) {
    World world;
    world.settings.options = {{"max_items", "many"}};
    const auto made = plugin::make_source(world.settings, world.ports(), {});
    BOOST_REQUIRE(!made);
    BOOST_TEST((made.error().cause == Cause::config));
    BOOST_TEST(made.error().message.find("blog: max_items must be") == 0U);
    world.settings.plugin = "fed";
    BOOST_TEST(plugin::make_source(world.settings, world.ports(), {}).error().message ==
               "there is no plugin \"fed\"");
}

BOOST_AUTO_TEST_SUITE_END()
