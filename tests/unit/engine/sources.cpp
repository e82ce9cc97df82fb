#include "support/engine_harness.hpp"

#include <map>
#include <set>

using namespace crier;
using namespace crier::test;

BOOST_AUTO_TEST_SUITE(engine_sources)

BOOST_AUTO_TEST_CASE(an_old_feed_never_floods_and_says_what_it_noted) {
    Harness h;
    h.source("blog");
    for (int i = 0; i < 20; ++i)
        h.feed.add("i" + std::to_string(i), "Item " + std::to_string(i));
    h.start();
    h.time.run_for(1min);
    BOOST_TEST(h.server.statuses.empty());
    BOOST_TEST(
        h.log.first("source.first_run") ==
        "blog: 20 items noted, none posted (first_run); see one with `crier preview --source blog --last 1`, "
        "post one with `crier items blog --post ID`");
    h.feed.add("new", "Fresh");
    h.time.run_for(20min);
    BOOST_TEST(h.timeline() == std::vector<std::string>{"Fresh https://blog.example/new"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(items_with_nothing_to_post_hold_no_posts_and_are_said_once_a_look) {
    Harness h;
    h.source("blog");
    h.feed.add("old", "Old");
    h.start();
    h.time.run_for(1min);
    for (const char* id : {"a", "b"}) {
        h.feed.add(id, "");
        h.feed.items.front().link.clear();
        h.feed.items.front().author = "Jo";
    }
    h.feed.add("new", "Fresh");
    h.time.run_for(16min);
    BOOST_TEST(h.log.count("source.empty") == 1U);
    BOOST_TEST(h.log.first("source.empty") ==
               "blog: 2 items without title, text, link and media were passed over");
    BOOST_TEST(h.timeline() == std::vector<std::string>{"Fresh https://blog.example/new"},
               boost::test_tools::per_element());
    BOOST_TEST(h.store.posts.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_feed_that_is_empty_for_a_moment_does_not_flood_with_the_next_look) {
    Harness h;
    h.source("blog");
    h.start();
    h.time.run_for(1min);
    h.restart();
    h.time.run_for(1min);
    for (int day = 20; day > 0; --day)
        h.feed.add("i" + std::to_string(day), "Item", h.time.now() - day * 48h);
    h.feed.add("undated", "Undated");
    h.feed.add("new", "Fresh", h.time.now());
    h.time.run_for(1h);
    BOOST_TEST(h.timeline() == std::vector<std::string>{"Fresh https://blog.example/new"},
               boost::test_tools::per_element());
    h.feed.add("newer", "Fresher");
    h.time.run_for(1h);
    BOOST_TEST(h.timeline().size() == 2U); // the first run is over
}

BOOST_AUTO_TEST_CASE(what_is_older_than_the_first_look_never_floods_whenever_it_shows) {
    Harness h;
    h.source("blog");
    h.feed.add("a", "A", h.time.now() - 48h);
    h.start();
    h.time.run_for(1min);
    for (int i = 0; i < 30; ++i) // a feed that was cut off, or a larger max_items
        h.feed.add("old" + std::to_string(i), "Old", h.time.now() - 72h);
    h.feed.add("new", "New", h.time.now());
    h.feed.add("late", "Late", *from_rfc3339("2026-11-24T11:00:00Z")); // before the first look, but hardly
    h.time.run_for(1h);
    BOOST_TEST(h.timeline().size() == 2U);
    h.restart();
    h.feed.add("old", "Old", *from_rfc3339("2026-11-20T11:00:00Z"));
    h.time.run_for(1h);
    BOOST_TEST(h.timeline().size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_feed_of_one_item_at_a_time_behind_one_link_posts_each) {
    Harness h;
    h.source("word");
    const auto show = [&](const std::string& word) {
        Item item;
        item.id = "id-" + word;
        item.title = word;
        item.link = "https://words.example/";
        item.published = h.time.now();
        h.feed.items = {item};
    };
    show("Monday");
    h.start();
    h.time.run_for(24h);
    show("Tuesday");
    h.time.run_for(24h);
    show("Wednesday");
    h.time.run_for(24h);
    BOOST_TEST(h.timeline().size() == 2U);
}

BOOST_AUTO_TEST_CASE(two_words_of_an_item_side_by_side_mention_nobody) {
    Harness h;
    h.source("blog").targets.front().post = Harness::text("{{ author }}{{ title }}");
    h.start();
    h.time.run_for(1s);
    Item item;
    item.id = "1";
    item.author = "by @";
    item.title = "victim@host.example";
    item.published = h.time.now();
    h.feed.items = {item};
    h.time.run_for(1h);
    BOOST_REQUIRE_EQUAL(h.timeline().size(), 1U);
    BOOST_TEST(h.timeline().front() == "by @\u200Bvictim@host.example");
}

BOOST_AUTO_TEST_CASE(a_pause_that_comes_while_a_look_is_recorded_stands) {
    Harness h;
    h.source("blog");
    h.store.latency = 1min; // the look waits for the store, and the pause comes meanwhile
    h.feed.add("a", "A");
    h.start();
    h.time.run_while([&] { return h.feed.polls == 0; });
    h.time.run_for(1s);
    const std::size_t polls = h.feed.polls;
    BOOST_TEST(polls == 1U);
    bool done = false;
    boost::asio::co_spawn(
        h.context, h.engine->pause(*engine::Target::parse("source:blog", h.settings), std::nullopt, "moving"),
        [&](std::exception_ptr, Result<> r) {
            BOOST_TEST(r.has_value());
            done = true;
        });
    h.time.run_while([&] { return !done; });
    h.time.run_for(24h);
    BOOST_TEST(h.feed.polls == polls);
    h.restart();
    h.time.run_for(24h);
    BOOST_TEST(h.feed.polls == polls);
    BOOST_REQUIRE_EQUAL(h.store.states.sources.size(), 1U);
    BOOST_TEST(h.store.states.sources.front().paused);
    BOOST_TEST(h.store.states.sources.front().note == "paused: moving");
}

BOOST_AUTO_TEST_CASE(
    an_item_without_an_id_is_the_same_when_its_link_becomes_shared_and_when_it_no_longer_is) {
    Harness h;
    h.settings.fuse.same_link = 10;               // as a page whose items have one link needs it
    h.source("status").first_run.publish.reset(); // all
    const auto page = [](const std::string& title) {
        Item item;
        item.title = title;
        item.link = "https://status.example/";
        return item;
    };
    h.feed.items = {page("One")};
    h.start();
    h.time.run_for(1min);
    h.feed.items = {page("Two"), page("One")};
    h.time.run_for(1h);
    BOOST_TEST(h.timeline().size() == 2U);
    h.feed.items = {page("Two")};
    h.time.run_for(1h);
    h.feed.items = {page("Three"), page("Two")};
    h.time.run_for(1h);
    BOOST_TEST(h.timeline().size() == 3U);
}

BOOST_AUTO_TEST_CASE(ids_that_change_and_then_links_that_change_flood_nothing) {
    Harness h;
    h.source("blog");
    const auto shown = [&](const std::string& ids, const std::string& host) {
        h.feed.items.clear();
        for (int i = 0; i < 5; ++i) {
            Item item;
            item.id = ids + std::to_string(i);
            item.title = "Item";
            item.link = "https://" + host + "/" + std::to_string(i);
            h.feed.items.push_back(item);
        }
        h.time.run_for(1h);
    };
    shown("old-", "a.example");
    h.start();
    h.time.run_for(1min);
    shown("new-", "a.example");
    shown("new-", "b.example");
    BOOST_TEST(h.timeline().empty());
}

BOOST_AUTO_TEST_CASE(an_item_is_posted_once_over_restarts_and_faults) {
    Harness h;
    h.settings.fuse.on = false; // nearly nine an hour, in looks that fail
    h.source("blog");
    h.start();
    h.time.run_for(1min);
    for (int i = 0; i < 30; ++i) {
        h.feed.add("i" + std::to_string(i), std::to_string(i), h.time.now());
        if (i % 5 == 0)
            h.server.faults.push_back(Fault::error_after);
        if (i % 7 == 0)
            h.store.failures.push_back(Failure{Cause::temporary, "disk full"});
        h.time.run_for(7min);
        if (i % 3 == 0)
            h.restart();
    }
    h.time.run_for(3h);
    BOOST_TEST(h.server.statuses.size() == 30U);
    std::set<std::string> texts;
    for (const std::string& text : h.timeline())
        texts.insert(text);
    BOOST_TEST(texts.size() == 30U);
}

BOOST_AUTO_TEST_CASE(a_second_account_on_an_old_source_starts_at_its_own_first_run) {
    Harness h;
    h.source("blog").first_run.publish.reset(); // all
    h.feed.add("a", "A");
    h.start();
    h.time.run_for(1min);
    BOOST_TEST(h.server.statuses.size() == 1U);
    h.stop();
    h.account("second");
    PostTarget target;
    target.account = "second";
    target.post = Harness::text("{{ title }} for the second");
    h.settings.sources[0].first_run.publish = 0;
    h.settings.sources[0].targets.push_back(target);
    h.start();
    h.time.run_for(1min);
    BOOST_TEST(h.server.statuses.size() == 1U);
    h.feed.add("b", "B");
    h.time.run_for(20min);
    BOOST_TEST(h.server.statuses.size() == 3U);
}

BOOST_AUTO_TEST_CASE(a_failing_source_is_looked_at_less_often_and_harms_nobody) {
    Harness h;
    h.source("blog");
    for (int i = 0; i < 50; ++i)
        h.feed.failures.push_back(
            Failure{Cause::network, "https://blog.example/feed.xml: connection refused"});
    h.start();
    h.time.run_for(24h);
    BOOST_TEST(h.feed.polls < 12U);
    BOOST_TEST(h.engine->sources()[0].failures > 5);
    BOOST_TEST(h.log.first("source.failed") == "blog: https://blog.example/feed.xml: connection refused");
}

BOOST_AUTO_TEST_CASE(a_source_that_is_gone_is_not_looked_at_again) {
    Harness h;
    h.source("blog");
    h.feed.gone = true;
    h.start();
    h.time.run_for(48h);
    BOOST_TEST(h.feed.polls == 1U);
    BOOST_TEST(h.log.count("source.gone") == 1U);
}

BOOST_AUTO_TEST_CASE(a_source_that_is_looked_at_once_a_week_is_looked_at_once_a_week) {
    Harness h;
    h.source("blog").poll = 24h * 7;
    h.feed.add("a", "A");
    h.start();
    h.time.run_for(24h * 6);
    BOOST_TEST(h.feed.polls == 1U);
    h.restart();
    h.time.run_for(24h * 2);
    BOOST_TEST(h.feed.polls == 2U);
}

BOOST_AUTO_TEST_CASE(a_source_is_not_looked_at_in_the_hours_and_days_that_it_excepts) {
    Harness h; // begins on Tuesday, 2026-11-24, at 12:00
    h.source("blog");
    h.feed.add("a", "A");
    h.feed.rule.skip_hours = 0xFF'FFFF & ~(1U << 12U) & ~(1U << 13U); // from 12:00 to 14:00 only
    h.feed.rule.skip_days = 1U << 3U;                                 // not on Wednesdays
    h.start();
    std::map<std::string, std::size_t> looks; // in each hour
    std::size_t polls = 0;
    for (int minute = 0; minute < 3 * 24 * 60; ++minute) {
        h.time.run_for(1min);
        h.feed.unchanged = true;
        if (h.feed.polls > polls)
            looks[to_rfc3339(h.time.now()).substr(0, 13)] += h.feed.polls - polls;
        polls = h.feed.polls;
    }
    const auto start = from_rfc3339("2026-11-24T12:00:00Z");
    BOOST_TEST_REQUIRE((h.time.now() - 72h >= *start));
    for (const auto& [hour, count] : looks) {
        BOOST_TEST((hour.substr(11) == "12" || hour.substr(11) == "13"), hour);
        BOOST_TEST(hour.substr(8, 2) != "25", hour);
    }
    BOOST_TEST(looks.size() >= 4U);
}

BOOST_AUTO_TEST_CASE(a_source_that_wants_no_look_at_all_is_looked_at_once_a_day) {
    Harness h;
    h.source("blog");
    h.feed.rule.skip_hours = ~0U;
    h.feed.add("a", "A");
    h.start();
    h.time.run_for(24h * 10 - 1h);
    BOOST_TEST(h.feed.polls >= 9U);
    BOOST_TEST(h.feed.polls <= 10U);
}

BOOST_AUTO_TEST_CASE(a_look_that_is_put_far_ahead_is_not_taken_for_one_of_a_wrong_clock) {
    const auto looks = [](const LookRule& rule, bool restart) {
        Harness h;
        h.source("blog").poll = 24h;
        h.feed.rule = rule;
        h.feed.add("a", "A");
        h.start();
        h.time.run_for(24h * 14);
        if (restart)
            h.restart();
        h.time.run_for(24h * 14);
        return h.feed.polls;
    };
    LookRule based;
    based.step = 24h;
    based.base = from_rfc3339("2000-01-01T11:00:00Z");
    LookRule hours;
    hours.skip_hours = 0xFF'FFFF & ~(1U << 11U); // of what is due at 12:00 the next is 23 hours later
    LookRule days;
    days.skip_days = 0b111'1011; // Tuesdays only
    LookRule all = hours;
    all.step = based.step;
    all.base = based.base;
    all.skip_days = days.skip_days;
    for (const LookRule& rule : {based, hours, days, all})
        for (const bool restart : {false, true}) {
            BOOST_TEST(looks(rule, restart) >= 3U);
            BOOST_TEST(looks(rule, restart) <= 29U);
        }
}

BOOST_AUTO_TEST_CASE(a_step_holds_while_nothing_is_new) {
    Harness h;
    h.source("blog");
    h.feed.rule.step = 4h;
    h.feed.add("a", "A");
    h.start();
    h.time.run_for(1min);
    h.feed.unchanged = true;
    h.time.run_for(24h);
    BOOST_TEST(h.feed.polls >= 6U);
    BOOST_TEST(h.feed.polls <= 7U);
}

BOOST_AUTO_TEST_CASE(a_source_is_looked_at_as_often_as_it_publishes) {
    const auto looks_in_a_week = [](Duration gap, Duration most) {
        Harness h;
        h.source("blog").poll_most = most;
        h.feed.rhythm.newest = h.time.now() + 24h * 365; // never silent
        h.feed.rhythm.gap = gap;
        h.feed.add("a", "A");
        h.start();
        h.time.run_for(24h * 7);
        return h.feed.polls;
    };
    BOOST_TEST(looks_in_a_week(1h, 6h) > 600U); // the shortest, 15 minutes
    BOOST_TEST(looks_in_a_week(24h, 6h) > 50U); // three hours
    BOOST_TEST(looks_in_a_week(24h, 6h) <= 57U);
    BOOST_TEST(looks_in_a_week(24h * 30, 6h) > 24U); // the longest
    BOOST_TEST(looks_in_a_week(24h * 30, 6h) <= 29U);
    BOOST_TEST(looks_in_a_week(24h * 30, 0h) > 600U); // a fixed one is what it says
}

BOOST_AUTO_TEST_SUITE_END()
