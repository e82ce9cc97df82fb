// Moving over from another bot: what it posted is known by its link, and by nothing else.
#include "engine/adopt.hpp"

#include "support/engine_harness.hpp"

using namespace crier;
using namespace crier::test;

namespace {

engine::AdoptOrder order_of(const std::vector<std::string>& links, const std::string& words = "words") {
    engine::AdoptOrder order;
    order.account = "news";
    for (const std::string& link : links)
        order.links.push_back({link, words});
    return order;
}

/// A daemon with one source that would post all that it finds.
struct Mover : Harness {
    explicit Mover(std::optional<int> publish = {}) {
        settings.fuse.on = false;
        source("blog").first_run.publish = publish;
    }
    void add(const std::string& id, Duration ago) { feed.add(id, "Title " + id, time.now() - ago); }
    /// On the store of a daemon that has not run yet.
    Result<engine::Adopted> adopt(engine::AdoptOrder order) {
        std::optional<Result<engine::Adopted>> result;
        boost::asio::co_spawn(context, engine::adopt_links(store, settings, time.now(), std::move(order)),
                              [&](std::exception_ptr error, Result<engine::Adopted> adopted) {
                                  BOOST_REQUIRE(!error);
                                  result = std::move(adopted);
                              });
        time.run_while([&] { return !result; });
        return *result;
    }
    void run() {
        start();
        time.run_for(20min);
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(engine_adopt)

BOOST_AUTO_TEST_CASE(an_adopted_link_is_seen_although_its_id_was_never_met) {
    Mover h;
    h.add("a", 3h);
    h.add("b", 2h);
    h.add("c", 1h);
    const auto adopted =
        h.adopt(order_of({"http://BLOG.example/a?utm_source=old", "https://blog.example/b/"}));
    BOOST_TEST(adopted->adopted == 2U);
    BOOST_TEST(adopted->sources == std::vector<std::string>{"blog"}, boost::test_tools::per_element());
    h.run();
    BOOST_TEST(h.timeline() == std::vector<std::string>{"Title c https://blog.example/c"},
               boost::test_tools::per_element());
    // From now on they are known by their ids: a corrected link makes no post.
    h.feed.items[1].link = "https://blog.example/corrected";
    h.time.run_for(1h);
    BOOST_TEST(h.timeline().size() == 1U);
    BOOST_TEST(h.log.first("source.first_run").find("2 adopted") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_repeat_changes_nothing_and_an_item_that_is_known_stays_as_it_is) {
    Mover h{0};
    h.add("a", 1h);
    h.run();
    BOOST_TEST(h.adopt(order_of({"https://blog.example/a", "https://blog.example/b"}))->adopted == 1U);
    const std::size_t commits = h.store.commits();
    const auto again = h.adopt(order_of({"https://blog.example/a", "https://blog.example/b"}));
    BOOST_TEST(again->adopted == 0U);
    BOOST_TEST(again->known == 2U);
    BOOST_TEST(h.store.commits() == commits);
    // Its link is still its own: a new id behind it is no new item.
    h.feed.items[0].id = "another";
    h.time.run_for(1h);
    BOOST_TEST(h.timeline().empty());
}

BOOST_AUTO_TEST_CASE(the_first_run_publishes_what_it_says_and_an_adopted_item_takes_its_place) {
    Mover h{2};
    for (const char* id : {"a", "b", "c", "d"})
        h.add(id, 1h);
    (void)h.adopt(order_of({"https://blog.example/d"}));
    h.run();
    // The two newest are d and c. Adopting is no first run, and b is no newer for it.
    BOOST_TEST(h.timeline() == std::vector<std::string>{"Title c https://blog.example/c"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(items_without_an_id_are_known_too) {
    Mover h;
    h.add("a", 3h);
    h.add("b", 2h);
    for (Item& item : h.feed.items)
        item.id.clear();
    (void)h.adopt(order_of({"https://blog.example/a"}));
    h.run();
    BOOST_TEST(h.timeline().size() == 1U);
    h.restart();
    h.time.run_for(1h);
    BOOST_TEST(h.timeline().size() == 1U);
}

BOOST_AUTO_TEST_CASE(of_several_items_with_the_link_those_of_before_are_meant) {
    Mover h;
    h.add("a", 3h);
    h.add("b", 2h);
    h.feed.items[0].link = h.feed.items[1].link;
    (void)h.adopt(order_of({"https://blog.example/a"}));
    h.run();
    BOOST_TEST(h.timeline().empty());
    h.add("c", 0h);
    h.feed.items[0].link = "https://blog.example/a";
    h.time.run_for(1h);
    BOOST_TEST(h.timeline().size() == 1U);
}

BOOST_AUTO_TEST_CASE(one_link_for_ever_stays_one_for_new_items) {
    Mover h;
    (void)h.adopt(order_of({"https://weather.example/"}, "Rain on Monday https://weather.example/"));
    h.time.run_for(1h);
    h.add("tuesday", 0h);
    h.feed.items[0].link = "https://weather.example/";
    h.run();
    BOOST_TEST(h.timeline().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_feed_that_dates_into_the_future_is_known_by_the_title) {
    Mover h;
    h.add("a", -2h);
    (void)h.adopt(order_of({"https://blog.example/a"}, "New: Title a https://blog.example/a"));
    h.run();
    BOOST_TEST(h.timeline().empty());
}

BOOST_AUTO_TEST_CASE(other_accounts_and_other_sources_are_not_meant) {
    Mover h;
    h.account("second");
    PostTarget target = h.settings.sources[0].targets[0];
    target.account = "second";
    h.settings.sources[0].targets.push_back(target);
    h.source("other").first_run.publish.reset();
    h.add("a", 1h);
    engine::AdoptOrder order = order_of({"https://blog.example/a"});
    order.source = "blog";
    BOOST_TEST(h.adopt(order)->sources.size() == 1U);
    h.run(); // `blog` posts it to the second account, `other` to the first
    BOOST_TEST(h.timeline().size() == 2U);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_meant_is_refused) {
    Mover h;
    h.account("second");
    engine::AdoptOrder order = order_of({"https://blog.example/a"});
    order.account = "second";
    BOOST_TEST(h.adopt(order).error().message == "no source posts to second");
    order = order_of({});
    order.source = "blgo";
    BOOST_TEST(h.adopt(order).error().message == "there is no source blgo");
    order.account = "nobody";
    BOOST_TEST((h.adopt(order).error().cause == Cause::usage));
}

BOOST_AUTO_TEST_CASE(a_store_in_trouble_is_said_and_the_repeat_goes_through) {
    Mover h;
    h.store.failures.push_back(Failure{Cause::temporary, "the disk is full"});
    BOOST_TEST(!h.adopt(order_of({"https://blog.example/a"})));
    BOOST_TEST(h.adopt(order_of({"https://blog.example/a"}))->adopted == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
