// Hubs that push what is new: where they are named, how long that holds, what is read of a push.

#include "harness.hpp"
#include "plugin/link_header.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::plugin::test;

namespace {

const std::string named =
    "<link xmlns='http://www.w3.org/2005/Atom' rel='hub' href='https://hub.example/'/>"
    "<link xmlns='http://www.w3.org/2005/Atom' rel='self' href='https://example.org/self'/>";

std::string shown(const std::vector<plugin::WebLink>& links) {
    std::string text;
    for (const plugin::WebLink& link : links) {
        text += link.target + " [";
        for (const std::string& relation : link.relations)
            text += relation + ",";
        text += "] ";
    }
    return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(plugin_hubs)

BOOST_AUTO_TEST_CASE(link_headers_are_read_as_RFC_8288_has_them) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"<https://a.example/>; rel=hub", "https://a.example/ [hub,] "},
        {"<https://a.example/>;rel=\"HUB self\" , <b>; rel=next",
         "https://a.example/ [hub,self,] b [next,] "},
        {"<a>; title=\"a, b; \\\"c\\\" <d>\"; rel=self", "a [self,] "},
        {"<a>; rel=self; rel=hub", "a [self,] "},
        {"<a,b>; rel = hub", "a,b [hub,] "},
        {" , ,<a>;rel=hub,", "a [hub,] "},
        {"<a>; hreflang=de; REL=\"hub\"", "a [hub,] "},
        {"<a>", "a [] "},
        {"<a>; rel", "a [] "},
        {"a; rel=hub", ""},
        {"<a; rel=hub", ""},
        {"", ""},
        {"<a>; rel=\"hub", "a [hub,] "}};
    for (const auto& [header, links] : cases)
        BOOST_TEST(shown(plugin::read_links(header)) == links, header);
}

BOOST_AUTO_TEST_CASE(of_several_hubs_the_first_that_speaks_https_is_taken) {
    HttpResponse answer;
    answer.url = "https://example.org/feed.xml";
    answer.headers = {{"LINK", "<http://one.example/>; rel=hub, </relative>; rel=hub"},
                      {"Link", "<https://two.example/>; rel=hub, <https://three.example/>; rel=hub"}};
    BOOST_TEST((plugin::hub_beside(answer) == Hub{"https://two.example/", ""}));
    answer.headers = {{"Link", "<https://example.org/self>; rel=self"}};
    BOOST_TEST(plugin::hub_beside(answer).none());
}

BOOST_AUTO_TEST_CASE(a_feed_names_its_hub_in_words_or_beside_them_and_what_is_beside_counts_first) {
    World world;
    const auto source = world.source();
    world.http.answer(200, rss(named + rss_item("1")));
    const auto in_words = world.look(*source);
    BOOST_REQUIRE(in_words);
    BOOST_TEST((in_words->hub == Hub{"https://hub.example/", "https://example.org/self"}));

    world.http.answer(200, rss(named + rss_item("2"))).headers = {
        {"Link", "<https://other.example/>; rel=hub, <https://example.org/other>; rel=self"}};
    const auto beside = world.look(*source);
    BOOST_TEST((beside->hub == Hub{"https://other.example/", "https://example.org/other"}));

    // The hub beside them, the topic in words.
    world.http
        .answer(200, rss("<link xmlns='http://www.w3.org/2005/Atom' rel='self' "
                         "href='https://example.org/self'/>" +
                         rss_item("3")))
        .headers = {{"Link", "<https://other.example/>; rel=hub"}};
    BOOST_TEST((world.look(*source)->hub == Hub{"https://other.example/", "https://example.org/self"}));
}

BOOST_AUTO_TEST_CASE(without_a_name_of_its_own_it_is_known_by_where_it_came_from) {
    World world;
    const auto source = world.source();
    world.http.answer(200, rss("<link xmlns='http://www.w3.org/2005/Atom' rel='hub' "
                               "href='https://hub.example/'/>" +
                               rss_item("1")));
    BOOST_TEST((world.look(*source)->hub == Hub{"https://hub.example/", "https://example.org/feed.xml"}));
}

BOOST_AUTO_TEST_CASE(a_hub_holds_while_the_feed_stays_the_same_and_no_longer) {
    World world;
    const auto source = world.source();
    const Hub hub{"https://hub.example/", "https://example.org/self"};
    world.http.answer(200, rss(named + rss_item("1"))).headers = {{"ETag", "\"abc\""}};
    const auto first = world.look(*source);
    world.http.answer(304);
    const auto by_its_word = world.look(*world.source(), first->cursor);
    BOOST_TEST(by_its_word->unchanged);
    BOOST_TEST((by_its_word->hub == hub));
    world.http.answer(200, rss(named + rss_item("1")));
    const auto by_its_bytes = world.look(*source, by_its_word->cursor);
    BOOST_TEST(by_its_bytes->unchanged);
    BOOST_TEST((by_its_bytes->hub == hub));
    world.http.answer(200, rss(named + rss_item("1"))).headers = {
        {"Link", "<https://other.example/>; rel=hub"}};
    const auto moved = world.look(*source, by_its_bytes->cursor);
    BOOST_TEST(moved->unchanged);
    BOOST_TEST(moved->hub.url == "https://other.example/");
    world.http.answer(200, rss(rss_item("1")));
    const auto without = world.look(*source, moved->cursor);
    BOOST_TEST(without->hub.none());
    world.http.answer(304);
    BOOST_TEST(world.look(*source, without->cursor)->hub.none());
}

BOOST_AUTO_TEST_CASE(a_push_gives_its_items_and_nothing_that_the_next_look_goes_by) {
    World world;
    const auto source = world.source();
    world.http.answer(200, rss(named + rss_item("1"))).headers = {{"ETag", "\"abc\""}};
    const auto first = world.look(*source);
    Heard heard;
    heard.headers = {{"content-type", "application/atom+xml"}};
    heard.body = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>2</id><title>Two</title>"
                 "<link href='p/2'/></entry></feed>";
    const auto pushed = crier::test::run(world.context, source->hear(std::move(heard), first->cursor));
    BOOST_REQUIRE(pushed);
    BOOST_REQUIRE_EQUAL(pushed->items.size(), 1U);
    BOOST_TEST(pushed->items[0].id == "2");
    BOOST_TEST(pushed->items[0].link == "https://example.org/p/2");
    BOOST_TEST(pushed->cursor == first->cursor);
    BOOST_TEST(!pushed->unchanged);
    BOOST_TEST(world.http.seen.size() == 1U);

    Heard nonsense;
    nonsense.body = "<html><body>no</body></html>";
    const auto refused = crier::test::run(world.context, source->hear(std::move(nonsense), first->cursor));
    BOOST_REQUIRE(!refused);
    BOOST_TEST(refused.error().message.starts_with("what the hub pushed: "));
}

BOOST_AUTO_TEST_CASE(relative_links_are_the_same_in_a_push_as_in_a_look) {
    World world;
    const auto source = world.source();
    const std::string feed =
        "<rss version='2.0'><channel><title>t</title><link>/</link>"
        "<link xmlns='http://www.w3.org/2005/Atom' rel='hub' href='https://hub.example/'/>"
        "<link xmlns='http://www.w3.org/2005/Atom' rel='self' href='https://www.example.org/self'/>"
        "<item><title>Two</title><link>/p/2</link></item></channel></rss>";
    world.http.answer(200, feed);
    const auto first = world.look(*source);
    Heard heard;
    heard.headers = {{"content-type", "application/rss+xml"}};
    heard.body = feed;
    const auto pushed = crier::test::run(world.context, source->hear(std::move(heard), first->cursor));
    BOOST_REQUIRE(pushed);
    BOOST_TEST(pushed->items[0].link == first->items[0].link);
}

BOOST_AUTO_TEST_SUITE_END()
