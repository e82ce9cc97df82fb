// Sources to which others send.

#include "engine/silence.hpp"
#include "support/engine_harness.hpp"

#include <algorithm>

using namespace crier;
using namespace crier::test;

namespace {

using Kind = Hearing::Kind;

void pause(Harness& h, const std::string& name, bool on) {
    engine::Target target = *engine::Target::parse("source:" + name, h.settings);
    bool done = false;
    const auto end = [&](std::exception_ptr, const Result<>& r) { done = r.has_value(); };
    if (on)
        boost::asio::co_spawn(h.context, h.engine->pause(std::move(target), std::nullopt, ""), end);
    else
        boost::asio::co_spawn(h.context, h.engine->resume(std::move(target)), end);
    h.time.run_while([&] { return !done; });
}

Failure full() {
    return Failure{Cause::temporary, "the disk is full", "make room"};
}

} // namespace

BOOST_AUTO_TEST_SUITE(engine_hearing)

BOOST_AUTO_TEST_CASE(what_is_sent_is_posted_and_nothing_is_looked_at) {
    Harness h;
    h.hook("releases");
    h.start();
    h.time.run_for(48h);
    BOOST_TEST(h.feed.polls == 0U);
    h.feed.add("1", "One", h.time.now() - 10min);
    h.feed.add("2", "Two", h.time.now());
    const Hearing hearing = h.send("releases", "body");
    BOOST_TEST((hearing.kind == Kind::taken));
    BOOST_TEST(hearing.items == 2U);
    BOOST_TEST(hearing.posts == 2U); // the first that ever came is no first run
    BOOST_TEST(h.feed.heard == std::vector<std::string>{"body"}, boost::test_tools::per_element());
    h.time.run_for(1h);
    BOOST_TEST(h.timeline() ==
                   (std::vector<std::string>{"One https://blog.example/1", "Two https://blog.example/2"}),
               boost::test_tools::per_element());
    BOOST_TEST((h.send("feed").kind == Kind::unknown));
    BOOST_TEST(h.feed.polls == 0U);
}

BOOST_AUTO_TEST_CASE(sent_again_it_is_no_other_post_also_by_the_next_life) {
    Harness h;
    h.hook("releases");
    h.feed.add("1", "One", h.time.now());
    h.start();
    BOOST_TEST(h.send("releases").posts == 1U);
    const Hearing again = h.send("releases");
    BOOST_TEST((again.kind == Kind::taken));
    BOOST_TEST(again.items == 1U);
    BOOST_TEST(again.posts == 0U);
    h.restart();
    h.time.run_for(24h * 500); // longer than `keep: posts`
    BOOST_TEST(h.send("releases").posts == 0U);
    h.time.run_for(1h);
    BOOST_TEST(h.server.statuses.size() == 1U);
    BOOST_TEST(h.feed.polls == 0U);
}

BOOST_AUTO_TEST_CASE(it_is_durable_before_that_is_said) {
    Harness h;
    h.hook("releases");
    h.feed.add("1", "One", h.time.now());
    h.start();
    h.time.run_for(1s);
    h.store.latency = 1s;
    const auto result = h.send_quietly("releases", "");
    h.time.run_while([&] { return h.feed.heard.empty(); });
    h.time.run_for(500ms);
    BOOST_TEST(!result->has_value());
    h.time.run_while([&] { return !result->has_value(); });
    BOOST_TEST(((*result)->kind == Kind::taken));
}

BOOST_AUTO_TEST_CASE(what_the_store_does_not_take_is_to_come_again_and_is_posted_once) {
    Harness h;
    h.hook("releases");
    h.feed.add("1", "One", h.time.now());
    h.start();
    h.time.run_for(1min);
    h.store.failures.assign(2, full()); // the taking, and the note of it
    BOOST_TEST((h.send("releases").kind == Kind::later));
    h.time.run_for(1h);
    BOOST_TEST(h.server.statuses.empty());
    BOOST_TEST(h.send("releases").posts == 1U);
    BOOST_TEST(h.send("releases").posts == 0U);
    h.time.run_for(1h);
    BOOST_TEST(h.server.statuses.size() == 1U);
}

BOOST_AUTO_TEST_CASE(sent_again_with_another_time_it_goes_out_then) {
    Harness h;
    h.hook("releases");
    h.start();
    h.feed.add("1", "One");
    Item& item = h.feed.items.front();
    item.due = h.time.now() + 10h;
    item.expires = h.time.now() + 11h;
    BOOST_TEST(h.send("releases").posts == 1U);
    item.due = h.time.now() + 2h;
    BOOST_TEST(h.send("releases").posts == 0U);
    h.time.run_for(119min);
    BOOST_TEST(h.server.statuses.empty());
    item.due = h.time.now() + 3h;
    item.expires = h.time.now() + 4h;
    BOOST_TEST(h.send("releases").posts == 0U);
    BOOST_TEST((h.store.post(1).state == PostState::waiting));
    BOOST_TEST((h.store.post(1).expires == item.expires));
    h.time.run_for(2h);
    BOOST_TEST(h.server.statuses.empty());
    h.time.run_for(2h);
    BOOST_TEST(h.server.statuses.size() == 1U);
    item.due = h.time.now() + 3h; // too late for that
    BOOST_TEST(h.send("releases").posts == 0U);
    h.time.run_for(24h);
    BOOST_TEST(h.server.statuses.size() == 1U);
    BOOST_TEST(h.server.statuses.at(0).edits == 0);
}

BOOST_AUTO_TEST_CASE(what_makes_no_sense_is_refused_told_and_over_with_the_next_good_one) {
    Harness h;
    h.hook("releases");
    h.start();
    h.feed.failures.emplace_back(Cause::server, "the body must be JSON");
    const Hearing refused = h.send("releases");
    BOOST_TEST((refused.kind == Kind::refused));
    BOOST_TEST(refused.why == "the body must be JSON");
    BOOST_TEST(h.log.count("source.failed") == 1U);
    BOOST_TEST(h.engine->sources().at(0).failures == 1);
    BOOST_TEST((h.send("releases").kind == Kind::taken));
    BOOST_TEST(h.engine->sources().at(0).failures == 0);
    BOOST_TEST(h.engine->sources().at(0).note == "0 items");
}

BOOST_AUTO_TEST_CASE(a_paused_source_takes_nothing_and_goes_on_when_resumed) {
    Harness h;
    h.hook("releases");
    h.feed.add("1", "One", h.time.now());
    h.start();
    pause(h, "releases", true);
    BOOST_TEST((h.send("releases").kind == Kind::later));
    BOOST_TEST(h.feed.heard.empty());
    pause(h, "releases", false);
    BOOST_TEST(h.send("releases").posts == 1U);
}

BOOST_AUTO_TEST_CASE(one_at_a_time_is_taken_and_only_so_many_wait) {
    Harness h;
    h.hook("releases");
    h.start();
    h.time.run_for(1s);
    h.store.latency = 100ms;
    h.feed.add("1", "One", h.time.now());
    std::vector<std::shared_ptr<std::optional<Hearing>>> sent;
    for (int i = 0; i < 20; ++i)
        sent.push_back(h.send_quietly("releases", std::to_string(i)));
    h.time.run_for(1min);
    const auto count = [&](Kind kind) {
        return std::count_if(sent.begin(), sent.end(),
                             [&](const auto& one) { return one->value().kind == kind; });
    };
    BOOST_TEST(count(Kind::taken) == 16);
    BOOST_TEST(count(Kind::later) == 4);
    BOOST_TEST(h.feed.heard.size() == 16U);
    BOOST_TEST(h.server.statuses.size() == 1U);
}

BOOST_AUTO_TEST_CASE(who_waits_too_long_is_told_and_it_is_taken_all_the_same) {
    Harness h;
    h.hook("releases");
    h.start();
    h.time.run_for(1s);
    h.store.latency = 20s;
    h.feed.add("1", "One", h.time.now());
    const Instant before = h.time.now();
    BOOST_TEST((h.send("releases").kind == Kind::later));
    BOOST_TEST((h.time.now() - before <= 9s));
    h.store.latency = 1ms;
    h.time.run_for(5min);
    BOOST_TEST(h.send("releases").posts == 0U);
    BOOST_TEST(h.server.statuses.size() == 1U);
}

BOOST_AUTO_TEST_CASE(whoever_waits_when_it_stops_is_told_to_come_again) {
    Harness h;
    h.hook("releases");
    h.feed.add("1", "One", h.time.now());
    h.start();
    h.time.run_for(1s);
    h.store.latency = 2s;
    const auto first = h.send_quietly("releases", "1");
    const auto second = h.send_quietly("releases", "2");
    h.time.run_while([&] { return h.feed.heard.empty(); });
    h.engine->stop();
    h.time.run_while([&] { return h.running || !first->has_value() || !second->has_value(); });
    BOOST_TEST(((*first)->kind == Kind::later));
    BOOST_TEST(((*second)->kind == Kind::later));
    BOOST_TEST((h.send("releases").kind == Kind::later));
    h.store.latency = 1ms;
    h.restart();
    BOOST_TEST((h.send("releases").kind == Kind::taken));
    h.time.run_for(1h);
    BOOST_TEST(h.server.statuses.size() == 1U); // whether or not the first life had taken it
}

BOOST_AUTO_TEST_CASE(delay_spacing_and_the_item_s_own_time_count_and_outlive_a_death) {
    Harness h;
    h.hook("releases").delay = 10min;
    h.settings.sources[0].spacing = 5min;
    h.start();
    h.feed.add("1", "One", h.time.now());
    h.feed.add("2", "Two", h.time.now() + 1s);
    BOOST_TEST(h.send("releases").posts == 2U);
    h.time.run_for(9min);
    BOOST_TEST(h.server.statuses.empty());
    h.time.run_for(2min);
    BOOST_TEST(h.server.statuses.size() == 1U);
    h.time.run_for(5min);
    BOOST_TEST(h.server.statuses.size() == 2U);
    // Nothing shows it again: that it is to come must be durable.
    h.feed.items.clear();
    h.feed.add("3", "Three", h.time.now());
    h.feed.items[0].due = h.time.now() + 24h;
    BOOST_TEST(h.send("releases").posts == 1U);
    h.restart();
    h.time.run_for(23h);
    BOOST_TEST(h.server.statuses.size() == 2U);
    h.time.run_for(2h);
    BOOST_TEST(h.server.statuses.size() == 3U);
}

BOOST_AUTO_TEST_CASE(what_is_changed_or_taken_back_before_it_leaves_follows) {
    Harness h;
    h.hook("releases").delay = 10min;
    h.start();
    h.feed.add("1", "Onne", h.time.now());
    h.feed.add("2", "Two", h.time.now());
    BOOST_TEST(h.send("releases").posts == 2U);
    h.feed.items[1].title = "One";
    h.feed.items[0].gone = true;
    BOOST_TEST(h.send("releases").posts == 0U);
    h.time.run_for(1h);
    BOOST_TEST(h.timeline() == std::vector<std::string>{"One https://blog.example/1"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_change_of_what_items_are_known_by_loses_none) {
    Harness h;
    h.hook("releases");
    h.start();
    h.feed.add("1", "One", h.time.now());
    BOOST_TEST(h.send("releases").posts == 1U);
    h.stop();
    h.settings.sources[0].identify_by = IdentifyBy::link;
    h.start();
    h.feed.items.clear();
    h.feed.add("2", "Two", h.time.now());
    BOOST_TEST(h.send("releases").posts == 1U);
}

BOOST_AUTO_TEST_CASE(a_flood_trips_the_fuse_however_long_it_was_quiet) {
    Harness h;
    h.hook("releases");
    h.start();
    h.feed.add("0", "First", h.time.now());
    BOOST_TEST(h.send("releases").posts == 1U);
    h.time.run_for(24h * 60);
    h.feed.items.clear();
    for (int i = 1; i <= 30; ++i)
        h.feed.add(std::to_string(i), "Item " + std::to_string(i), h.time.now());
    BOOST_TEST((h.send("releases").kind == Kind::taken));
    BOOST_TEST(h.engine->sources().at(0).fuse.open());
}

BOOST_AUTO_TEST_CASE(nobody_is_told_that_nothing_was_sent) {
    Harness h;
    h.hook("releases");
    h.source("blog");
    const auto subjects = engine::silence_subjects(h.settings);
    BOOST_TEST(std::count(subjects.begin(), subjects.end(), "source:releases") == 0);
    BOOST_TEST(std::count(subjects.begin(), subjects.end(), "source:blog") == 1);
}

BOOST_AUTO_TEST_CASE(a_run_now_and_then_looks_at_none_that_hears) {
    Harness h;
    h.hook("releases");
    const engine::OnceReport report = h.once();
    BOOST_TEST(report.failed_sources == 0U);
    BOOST_TEST(h.feed.polls == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
