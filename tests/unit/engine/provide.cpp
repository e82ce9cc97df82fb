// What an occurrence needs before there is a post: an item that is drawn or run for, the word of a condition,
// its number.

#include "support/engine_harness.hpp"

using namespace crier;
using namespace crier::test;

namespace {

schedule::Rule hourly() {
    return *schedule::Cron::parse("0 * * * *");
}

/// An entry that draws from the scripted feed each hour.
EntrySettings& drawing(Harness& h, DrawOrder order = DrawOrder::turn) {
    SourceSettings& source = h.source("art");
    source.on_demand = true;
    source.targets.clear();
    EntrySettings& entry = h.entry("art-hourly", hourly(), "{{ title }}");
    entry.draw.emplace();
    entry.draw->from = "art";
    entry.draw->order = order;
    return entry;
}

EntrySettings& running(Harness& h) {
    EntrySettings& entry = h.entry("weather", hourly(), "{{ title }} at {{ now | date('%H') }}");
    auto run = std::make_shared<SourceSettings>();
    run->name = "weather";
    run->plugin = "exec";
    run->command = {"/opt/weather"};
    entry.run = run;
    return entry;
}

EntrySettings& conditional(Harness& h) {
    EntrySettings& entry = h.entry("sale", hourly(), "open at {{ now | date('%H') }}");
    entry.only_if.emplace();
    entry.only_if->command = {"/opt/is-open"};
    return entry;
}

/// An item whose picture nobody described, and an entry that wants it described.
void show_undescribed(Harness& h, EntrySettings& entry) {
    auto post = Harness::text("{{ title }}");
    MediaTemplate medium;
    medium.from = {"item"};
    medium.missing_alt = MissingAlt::next_item;
    post->media = {medium};
    entry.targets[0].post = post;
    h.feed.add("plain", "plain");
    h.feed.items[0].media.push_back({"https://art.example/1.png", "image/png", "", "enclosure"});
}

void pause(Harness& h, const char* target, bool on) {
    const engine::Target named = *engine::Target::parse(target, h.settings);
    bool done = false;
    const auto end = [&](std::exception_ptr, const auto& result) {
        BOOST_TEST(result.has_value());
        done = true;
    };
    if (on)
        boost::asio::co_spawn(h.context, h.engine->pause(named, std::nullopt, "why"), end);
    else
        boost::asio::co_spawn(h.context, h.engine->resume(named), end);
    h.time.run_while([&] { return !done; });
}

EntryState state_of(Harness& h, const std::string& entry) {
    return *h.engine->planner().state_of(entry);
}

using Texts = std::vector<std::string>;

} // namespace

BOOST_AUTO_TEST_SUITE(engine_provide)

BOOST_AUTO_TEST_CASE(an_entry_draws_each_item_once_a_round_over_restarts) {
    Harness h;
    drawing(h);
    for (const char* name : {"a", "b", "c"})
        h.feed.add(name, name);
    h.start();
    for (int i = 0; i < 10; ++i) {
        h.time.run_for(31min);
        h.restart();
    }
    BOOST_TEST(h.timeline() == (Texts{"a", "b", "c", "a", "b"}), boost::test_tools::per_element());
    h.feed.add("d", "d");
    h.time.run_for(4h);
    BOOST_TEST(h.timeline().at(5) == "c");
    BOOST_TEST(h.timeline().at(6) == "d");
}

/// What is drawn and not recorded is drawn again: the draw commits with its post.
BOOST_AUTO_TEST_CASE(a_draw_that_the_store_did_not_take_did_not_happen) {
    Harness h;
    drawing(h);
    for (const char* name : {"a", "b"})
        h.feed.add(name, name);
    h.start();
    h.time.run_for(59min);
    for (int i = 0; i < 5; ++i)
        h.store.failures.emplace_back(Cause::temporary, "the disk is full");
    h.time.run_for(2h + 10min);
    BOOST_TEST(h.timeline() == (Texts{"a", "b", "a"}), boost::test_tools::per_element());
    BOOST_TEST(h.store.states.drawn.size() == 2U);
}

BOOST_AUTO_TEST_CASE(entries_that_draw_do_not_wake_each_other_on_a_full_disk) {
    Harness h;
    drawing(h);
    EntrySettings& other = h.entry("other", hourly(), "{{ title }}, too");
    other.draw = h.settings.schedule.front().draw;
    h.feed.add("a", "a");
    h.start();
    h.time.run_for(59min);
    for (int i = 0; i < 100; ++i)
        h.store.failures.emplace_back(Cause::temporary, "the disk is full");
    h.time.run_for(1min + 30s);
    BOOST_TEST(h.store.failures.size() > 50U);
    h.store.failures.clear();
    h.time.run_for(10s);
    BOOST_TEST(h.timeline().size() == 2U);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_posted_leaves_the_next_item) {
    Harness h;
    show_undescribed(h, drawing(h));
    h.feed.add("told", "told");
    h.feed.items[0].media.push_back({"https://art.example/2.png", "image/png", "A tree", "enclosure"});
    h.start();
    h.time.run_for(61min);
    BOOST_TEST(h.timeline() == Texts{"told"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(so_does_what_a_command_yields) {
    Harness h;
    show_undescribed(h, running(h));
    h.start();
    h.time.run_for(61min);
    BOOST_TEST(h.store.posts.empty());
    h.feed.items[0].media[0].alt = "A tree";
    h.time.run_for(1h);
    BOOST_TEST(h.timeline() == Texts{"plain"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_empty_source_is_told_of_and_posts_nothing) {
    Harness h;
    drawing(h);
    h.start();
    h.time.run_for(61min);
    BOOST_TEST(h.server.statuses.empty());
    BOOST_TEST(h.store.posts.empty());
    BOOST_TEST(state_of(h, "art-hourly").note == "there is nothing to draw from art");
    BOOST_TEST(state_of(h, "art-hourly").counter == 0);
    h.feed.add("a", "a");
    h.time.run_for(1h);
    BOOST_TEST(h.timeline() == Texts{"a"}, boost::test_tools::per_element());
    BOOST_TEST(state_of(h, "art-hourly").note == "");
}

BOOST_AUTO_TEST_CASE(a_source_that_fails_for_a_while_delays_and_loses_nothing) {
    Harness h;
    drawing(h);
    h.feed.add("a", "a");
    for (int i = 0; i < 4; ++i)
        h.feed.failures.emplace_back(Cause::network, "no answer");
    h.start();
    h.time.run_for(65min);
    BOOST_TEST(h.timeline() == Texts{"a"}, boost::test_tools::per_element());
    BOOST_TEST(h.log.count("entry.failed") >= 1U);
    BOOST_TEST(h.log.count("entry.recovered") == 1U);
}

BOOST_AUTO_TEST_CASE(one_that_fails_too_long_ends_as_missed_with_the_reason) {
    Harness h;
    drawing(h).missed = MissedPolicy{Missed::latest, 20min};
    for (int i = 0; i < 100; ++i)
        h.feed.failures.emplace_back(Cause::network, "no answer");
    h.start();
    h.time.run_for(90min);
    BOOST_TEST(h.server.statuses.empty());
    BOOST_REQUIRE(h.store.posts.size() == 1U);
    BOOST_TEST((h.store.post(1).state == PostState::expired));
    BOOST_TEST(h.store.post(1).reason == "missed: no answer");
    h.feed.failures.clear();
    h.feed.add("a", "a");
    h.time.run_for(1h);
    BOOST_TEST(h.timeline() == Texts{"a"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_command_that_takes_long_delays_no_other_entry) {
    Harness h;
    conditional(h);
    h.entry("other", hourly(), "other");
    h.programs.duration = 50s;
    h.start();
    h.time.run_for(60min + 10s);
    BOOST_TEST(h.timeline() == Texts{"other"}, boost::test_tools::per_element());
    h.time.run_for(1min);
    BOOST_TEST(h.timeline() == (Texts{"other", "open at 13"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_condition_says_yes_or_no) {
    Harness h;
    conditional(h);
    h.programs.ends_with(0);
    h.programs.ends_with(1, "closed today\nsee the door");
    h.programs.ends_with(0);
    h.start();
    h.time.run_for(2h + 1min);
    BOOST_TEST(state_of(h, "sale").note == "its condition said no (1): closed today");
    h.time.run_for(1h);
    BOOST_TEST(h.timeline() == (Texts{"open at 13", "open at 15"}), boost::test_tools::per_element());
    BOOST_TEST(state_of(h, "sale").counter == 2);
    BOOST_TEST(h.programs.environments.at(0) == (Texts{"CRIER_ENTRY=sale", "CRIER_DUE=2026-11-24T13:00:00Z"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_condition_that_cannot_be_asked_is_asked_again) {
    Harness h;
    conditional(h);
    h.programs.ends_with(127, "no such file");
    h.programs.ends_with(255);
    h.start();
    h.time.run_for(63min);
    BOOST_TEST(h.programs.runs.size() == 3U);
    BOOST_TEST(h.timeline() == Texts{"open at 13"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_command_is_run_for_each_occurrence) {
    Harness h;
    running(h);
    h.feed.add("x", "Rain");
    h.start();
    h.time.run_for(61min);
    h.feed.items.clear();
    h.time.run_for(1h);
    BOOST_TEST(state_of(h, "weather").note == "its command yielded nothing");
    h.feed.add("y", "Sun");
    h.time.run_for(1h);
    BOOST_TEST(h.timeline() == (Texts{"Rain at 13", "Sun at 15"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_stop_in_the_middle_of_a_command_loses_no_occurrence) {
    Harness h;
    conditional(h);
    h.programs.duration = 50s;
    h.start();
    h.time.run_for(60min + 10s);
    h.restart();
    h.time.run_for(2min);
    BOOST_TEST(h.timeline() == Texts{"open at 13"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_pause_in_the_middle_of_a_command_stands) {
    Harness h;
    conditional(h);
    h.programs.duration = 50s;
    h.start();
    h.time.run_for(60min + 10s);
    pause(h, "entry:sale", true);
    h.time.run_for(10min);
    BOOST_TEST(h.server.statuses.empty());
    pause(h, "entry:sale", false);
    h.time.run_for(2min);
    BOOST_TEST(h.timeline() == Texts{"open at 13"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_entry_that_was_resumed_twice_fires_once_and_loses_nothing_on_a_full_disk) {
    Harness h;
    h.entry("tick", hourly(), "{{ counter }} at {{ now | date('%H') }}");
    h.start();
    h.time.run_for(10min);
    pause(h, "entry:tick", true);
    pause(h, "entry:tick", false);
    pause(h, "entry:tick", false);
    h.time.run_for(49min);
    h.store.failures.emplace_back(Cause::temporary, "the disk is full");
    h.time.run_for(62min);
    BOOST_TEST(h.timeline() == (Texts{"1 at 13", "2 at 14"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_run_of_once_waits_for_what_it_needs) {
    Harness h;
    conditional(h).missed.within = 2h;
    h.programs.duration = 50s;
    (void)h.once();
    h.time.run_for(61min);
    const engine::OnceReport report = h.once();
    BOOST_TEST(!report.store_failed);
    BOOST_TEST(h.timeline() == Texts{"open at 13"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_run_of_once_says_what_it_could_not_get_and_the_next_tries_again) {
    Harness h;
    conditional(h).missed.within = 2h;
    (void)h.once();
    h.time.run_for(61min);
    h.programs.ends_with(255, "no network");
    const engine::OnceReport report = h.once();
    BOOST_TEST(report.failed_sources == 1U);
    BOOST_TEST(report.first_trouble == "sale: its condition, /opt/is-open, ended with 255: no network");
    BOOST_TEST(h.store.posts.empty());
    BOOST_TEST(h.once().failed_sources == 0U);
    BOOST_TEST(h.timeline() == Texts{"open at 13"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(texts_take_turns_and_are_counted_over_restarts) {
    Harness h;
    EntrySettings& entry = h.entry("tips", hourly(), "first, no. {{ counter }}");
    auto post = std::make_shared<PostTemplate>(*entry.targets[0].post);
    post->turns = {*Harness::text("second, no. {{ counter }}"), *Harness::text("third")};
    entry.targets[0].post = post;
    h.start();
    for (int i = 0; i < 5; ++i) {
        h.time.run_for(1h);
        h.restart();
    }
    h.time.run_for(1min);
    BOOST_TEST(h.timeline() ==
                   (Texts{"first, no. 1", "second, no. 2", "third", "first, no. 4", "second, no. 5"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_falls_into_quiet_times_is_moved_or_left_out) {
    Harness h;
    QuietHours lunch;
    lunch.from = 12h + 30min;
    lunch.to = 14h + 15min;
    lunch.timezone = "UTC";
    h.entry("moved", hourly(), "moved {{ now | date('%H') }}").quiet.emplace().hours = lunch;
    EntrySettings& skipped = h.entry("skipped", hourly(), "skipped {{ now | date('%H') }}");
    skipped.quiet.emplace().hours = lunch;
    skipped.when_quiet = WhenQuiet::skip;
    h.start();
    h.time.run_for(2h + 10min);
    BOOST_TEST(h.server.statuses.empty());
    h.time.run_for(1h);
    BOOST_TEST(h.timeline() == (Texts{"moved 13", "moved 14", "moved 15", "skipped 15"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_left_out_in_quiet_times_is_not_counted_nor_drawn_for) {
    Harness h;
    EntrySettings& entry = drawing(h);
    entry.targets[0].post = Harness::text("{{ counter }} {{ title }}");
    QuietHours lunch;
    lunch.from = 13h + 30min;
    lunch.to = 15h + 30min;
    lunch.timezone = "UTC";
    entry.quiet.emplace().hours = lunch;
    entry.quiet->timezone = "UTC";
    entry.when_quiet = WhenQuiet::skip;
    for (const char* name : {"a", "b", "c"})
        h.feed.add(name, name);
    h.start();
    h.time.run_for(4h + 10min);
    BOOST_TEST(h.timeline() == (Texts{"1 a", "2 b"}), boost::test_tools::per_element());
    BOOST_TEST(state_of(h, "art-hourly").counter == 2);
}

BOOST_AUTO_TEST_CASE(a_renamed_entry_goes_on_with_what_it_has_drawn) {
    Harness h;
    drawing(h);
    for (const char* name : {"a", "b", "c"})
        h.feed.add(name, name);
    h.start();
    h.time.run_for(2h + 10min);
    h.stop();
    h.settings.schedule.front().was = std::exchange(h.settings.schedule.front().name, "pictures");
    h.start();
    h.time.run_for(2h);
    BOOST_TEST(h.timeline() == (Texts{"a", "b", "c", "a"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_had_on_a_clock_that_is_put_back_meanwhile_does_not_count) {
    Harness h;
    conditional(h);
    h.programs.duration = 50s;
    h.start();
    h.time.run_for(30min);
    h.time.jump(5h);
    h.time.run_for(10s);
    BOOST_REQUIRE(h.programs.runs.size() == 1U);
    h.time.jump(-5h);
    h.time.run_for(2h);
    BOOST_TEST(h.timeline() == (Texts{"open at 13", "open at 14"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_blackout_ends_with_its_day) {
    Harness h;
    BOOST_REQUIRE(h.account("news").limits.quiet.blackout.add("11-24..11-25").has_value());
    h.account("news").limits.quiet.timezone = "UTC";
    h.entry("noon", *schedule::Cron::parse("0 13 * * *"), "{{ now | date('%d') }}");
    h.start();
    h.time.run_for(35h);
    BOOST_TEST(h.server.statuses.empty());
    h.time.run_for(2h);
    BOOST_TEST(h.timeline() == (Texts{"24", "25"}), boost::test_tools::per_element());
}

/// It is not looked at by itself, so that a pause would change nothing.
BOOST_AUTO_TEST_CASE(a_source_that_is_only_drawn_from_is_not_paused) {
    Harness h;
    const std::string source = drawing(h).draw->from;
    h.settings.sources.front().on_demand = true;
    const Result<engine::Target> refused = engine::Target::parse("source:" + source, h.settings);
    BOOST_REQUIRE(!refused);
    BOOST_TEST(refused.error().message == source + " is not looked at by itself (on_demand)");
    BOOST_TEST(refused.error().hint == "entries draw from it: entry:" + h.settings.schedule.front().name);
}

BOOST_AUTO_TEST_SUITE_END()
