#include "support/engine_harness.hpp"

using namespace crier;
using namespace crier::test;

namespace {

/// Every id and every link is another one: what a new site generator or a hijacked address does.
void show_flood(Harness& h, const std::string& name, int count) {
    h.feed.items.clear();
    for (int i = 0; i < count; ++i)
        h.feed.add(name + std::to_string(i), "Item " + name + std::to_string(i));
}

Item with_link(const std::string& id, const std::string& link) {
    Item item;
    item.id = id;
    item.title = "Title of " + id;
    item.link = link;
    return item;
}

std::size_t held_by_fuse(const Harness& h) {
    std::size_t count = 0;
    for (const Post& post : h.store.posts)
        count += post.state == PostState::held && post.code == ReasonCode::fuse ? 1U : 0U;
    return count;
}

void resume(Harness& h, const std::string& target) {
    bool done = false;
    boost::asio::co_spawn(h.context, h.engine->resume(*engine::Target::parse(target, h.settings)),
                          [&](std::exception_ptr, Result<> result) {
                              BOOST_TEST(result.has_value());
                              done = true;
                          });
    h.time.run_while([&] { return !done; });
}

engine::Acted act(Harness& h, PostQuery query, engine::OutboxAction action) {
    std::optional<engine::Acted> acted;
    boost::asio::co_spawn(h.context, h.engine->act_on_all(std::move(query), action, false),
                          [&](std::exception_ptr, Result<engine::Acted> result) { acted = *result; });
    h.time.run_while([&] { return !acted; });
    return *acted;
}

schedule::Rule minutely() {
    return *schedule::Cron::parse("* * * * *");
}

} // namespace

BOOST_AUTO_TEST_SUITE(engine_fuse)

BOOST_AUTO_TEST_CASE(a_feed_whose_ids_and_links_all_change_posts_nothing_of_it_until_a_person_says_so) {
    Harness h;
    h.source("blog");
    h.feed.add("a", "A");
    h.start();
    h.time.run_for(1h);
    show_flood(h, "x", 25);
    while (h.log.count("fuse.tripped") == 0)
        h.time.run_for(1min);
    h.restart(); // at once: what it tripped over is as durable as the posts
    BOOST_TEST(h.engine->sources().front().fuse.open());
    h.time.run_for(1h);
    BOOST_TEST(h.server.statuses.empty());
    BOOST_TEST(held_by_fuse(h) == 25U);
    BOOST_TEST(h.log.count("fuse.tripped") == 1U);
    BOOST_TEST(h.log.first("fuse.tripped").find("25 posts within 1h, and 10 trip the fuse") !=
               std::string::npos);
    BOOST_TEST(h.store.posts.front().reason.find("`crier resume source:blog` lets it go") !=
               std::string::npos);
    // Also what comes later, and after a restart.
    h.restart();
    h.feed.add("later", "Later");
    h.time.run_for(3h);
    BOOST_TEST(h.server.statuses.empty());
    BOOST_TEST(held_by_fuse(h) == 26U);
    BOOST_TEST(h.log.count("fuse.tripped") == 1U);
    BOOST_TEST(h.engine->sources().front().fuse.open());

    resume(h, "source:blog");
    h.time.run_for(1h);
    BOOST_TEST(h.server.statuses.size() == 26U);
    BOOST_TEST(!h.engine->sources().front().fuse.open());
    h.restart();
    h.feed.add("fine", "Fine");
    h.time.run_for(1h);
    BOOST_TEST(h.server.statuses.size() == 27U);
}

BOOST_AUTO_TEST_CASE(what_a_person_cancels_does_not_go_when_the_source_goes_on) {
    Harness h;
    h.source("blog");
    h.feed.add("a", "A");
    h.start();
    h.time.run_for(1h);
    show_flood(h, "x", 300); // more than one transaction takes
    h.time.run_for(1h);
    PostQuery query;
    query.origin = "blog";
    query.code = ReasonCode::fuse;
    const engine::Acted acted = act(h, query, engine::OutboxAction::cancel);
    BOOST_TEST(acted.done == 300U);
    BOOST_TEST(acted.left.empty());
    resume(h, "source:blog");
    h.feed.add("fine", "Fine");
    h.time.run_for(1h);
    BOOST_TEST(h.timeline() == std::vector<std::string>{"Fine https://blog.example/fine"},
               boost::test_tools::per_element());
    // Cancelled posts are no habit.
    show_flood(h, "y", 25);
    h.time.run_for(2h);
    BOOST_TEST(h.server.statuses.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_first_run_that_a_person_asked_for_does_not_trip_it_and_is_no_habit) {
    Harness h;
    h.source("blog").first_run.publish.reset(); // all
    show_flood(h, "old", 40);
    h.start();
    h.time.run_for(1min);
    BOOST_TEST(h.server.statuses.size() == 40U);
    h.feed.add("new", "New");
    h.time.run_for(30min);
    BOOST_TEST(h.server.statuses.size() == 41U);
    show_flood(h, "x", 25);
    h.time.run_for(2h);
    BOOST_TEST(h.server.statuses.size() == 41U);
    BOOST_TEST(held_by_fuse(h) == 25U);
}

BOOST_AUTO_TEST_CASE(what_a_source_is_used_to_does_not_trip_it) {
    Harness h;
    h.source("busy");
    h.feed.add("a", "A");
    h.start();
    h.time.run_for(1h);
    show_flood(h, "monday", 20);
    h.time.run_for(1h);
    resume(h, "source:busy");
    h.time.run_for(24h);
    BOOST_TEST(h.server.statuses.size() == 20U);
    show_flood(h, "tuesday", 30);
    h.time.run_for(24h);
    BOOST_TEST(h.server.statuses.size() == 50U);
    BOOST_TEST(h.log.count("fuse.tripped") == 1U);
}

BOOST_AUTO_TEST_CASE(after_an_absence_a_source_may_have_as_much_as_in_such_a_time_before) {
    Harness h;
    h.source("blog");
    h.feed.add("a", "A");
    h.start();
    h.time.run_for(1s);
    for (int day = 0; day < 3; ++day)
        for (int i = 0; i < 8; ++i) { // eight a day, never two in an hour
            h.feed.add("d" + std::to_string(day) + "-" + std::to_string(i), "Item");
            h.time.run_for(3h);
        }
    BOOST_TEST(h.server.statuses.size() == 24U);
    h.stop();
    h.time.run_for(48h);
    for (int i = 0; i < 16; ++i)
        h.feed.add("away" + std::to_string(i), "Item");
    h.start();
    h.time.run_for(1h);
    BOOST_TEST(h.log.count("fuse.tripped") == 0U);
    BOOST_TEST(h.server.statuses.size() == 40U);
}

BOOST_AUTO_TEST_CASE(the_same_link_twice_within_the_window_is_held_and_what_was_before_goes) {
    Harness h;
    h.source("blog");
    h.feed.add("a", "A");
    h.start();
    h.time.run_for(1h);
    // Two items at once that share a link: neither is known by it.
    h.feed.items.insert(h.feed.items.begin(), {with_link("three", "https://blog.example/three"),
                                               with_link("two", "https://blog.example/page"),
                                               with_link("one", "https://blog.example/page")});
    h.time.run_for(1h);
    BOOST_TEST(h.timeline() == std::vector<std::string>{"Title of one https://blog.example/page"},
               boost::test_tools::per_element());
    BOOST_TEST(held_by_fuse(h) == 2U);
    BOOST_TEST(h.log.first("fuse.tripped").find("the same link in 2 posts within 1h") != std::string::npos);
    resume(h, "source:blog");
    h.time.run_for(1h);
    BOOST_TEST(h.server.statuses.size() == 3U);
}

BOOST_AUTO_TEST_CASE(the_same_text_three_times_is_held_unless_it_is_fixed) {
    for (const bool fixed : {false, true}) {
        Harness h;
        h.source("blog").targets.front().post = Harness::text(fixed ? "Again" : "{{ title }}");
        h.feed.add("a", "A");
        h.start();
        h.time.run_for(1h);
        for (int i = 0; i < 3; ++i)
            h.feed.add("again" + std::to_string(i), "Again");
        h.time.run_for(1h);
        BOOST_TEST(h.server.statuses.size() == (fixed ? 3U : 2U));
        BOOST_TEST(held_by_fuse(h) == (fixed ? 0U : 1U));
    }
}

BOOST_AUTO_TEST_CASE(an_entry_with_a_slip_in_its_rule_is_stopped_at_the_tenth_post_and_over_restarts) {
    Harness h;
    h.entry("nine", minutely(), "{{ now | date('%H:%M') }}"); // "* 9 * * *" was meant as "0 9 * * *"
    h.start();
    for (int i = 0; i < 7; ++i) {
        h.time.run_for(3min);
        h.restart();
    }
    BOOST_TEST(h.server.statuses.size() == 9U);
    BOOST_TEST(held_by_fuse(h) >= 10U);
    BOOST_TEST(h.log.count("fuse.tripped") == 1U);
    BOOST_REQUIRE(h.engine->tripped_entries().size() == 1U);
    BOOST_TEST(h.engine->tripped_entries().front().entry == "nine");
    resume(h, "entry:nine");
    h.time.run_for(1min);
    BOOST_TEST(held_by_fuse(h) == 0U);
    BOOST_TEST(h.engine->tripped_entries().empty());
    BOOST_TEST(h.server.statuses.size() == h.store.posts.size());
}

BOOST_AUTO_TEST_CASE(an_entry_or_source_may_have_a_fuse_of_its_own_or_none) {
    Harness h;
    Fuse off;
    off.on = false;
    h.entry("often", minutely(), "{{ now | date('%H:%M') }}").fuse = off;
    Fuse many;
    many.posts = 100;
    h.source("blog").fuse = many;
    h.feed.add("a", "A");
    h.start();
    h.time.run_for(1h);
    show_flood(h, "x", 50);
    h.time.run_for(1h);
    BOOST_TEST(h.log.count("fuse.tripped") == 0U);
    BOOST_TEST(h.server.statuses.size() == 169U);
}

BOOST_AUTO_TEST_CASE(a_fixed_text_of_an_entry_may_be_the_same_again_and_again) {
    Harness h;
    h.entry("water", minutely(), "Drink!").fuse = Fuse{true, 1000, 1h, 2, 3};
    h.start();
    h.time.run_for(30min);
    BOOST_TEST(h.server.statuses.size() == 29U);
    BOOST_TEST(h.log.count("fuse.tripped") == 0U);
}

BOOST_AUTO_TEST_CASE(a_catch_up_makes_no_more_than_the_rule_within_any_hour) {
    Harness h;
    EntrySettings& entry =
        h.entry("hourly", *schedule::Cron::parse("0 * * * *"), "{{ now | date('%d %H') }}");
    entry.missed.policy = Missed::all;
    entry.missed.within = 48h;
    h.start();
    h.time.run_for(30min);
    h.stop();
    h.time.run_for(30h);
    h.start();
    h.time.run_for(10min);
    BOOST_TEST(h.log.count("fuse.tripped") == 0U);
    BOOST_TEST(h.server.statuses.size() == 30U);
    // The same of an entry that fires every minute is more than nine in an hour.
    Harness other;
    EntrySettings& often = other.entry("often", minutely(), "{{ now | date('%H:%M') }}");
    often.missed.policy = Missed::all;
    often.missed.within = 48h;
    other.start();
    other.time.run_for(5min);
    other.stop();
    other.time.run_for(1h);
    other.start();
    other.time.run_for(10min);
    BOOST_TEST(other.log.count("fuse.tripped") == 1U);
    BOOST_TEST(other.server.statuses.size() == 9U);
}

BOOST_AUTO_TEST_CASE(a_clock_that_was_years_ahead_blinds_no_fuse_and_trips_none) {
    Harness h;
    h.source("blog");
    h.feed.add("a", "A");
    h.start();
    h.time.run_for(1h);
    h.time.jump(24h * 3650);
    show_flood(h, "x", 25);
    h.time.run_for(1h);
    BOOST_TEST(h.log.count("fuse.tripped") == 1U);
    resume(h, "source:blog");
    h.time.jump(-24h * 3650);
    h.time.run_for(24h);
    h.feed.add("fine", "Fine");
    h.time.run_for(1h);
    BOOST_TEST(h.log.count("fuse.tripped") == 1U);
    for (int i = 0; i < 9; ++i)
        h.feed.add("y" + std::to_string(i), "Y" + std::to_string(i));
    h.time.run_for(30min);
    h.feed.add("z", "Z");
    h.time.run_for(30min);
    BOOST_TEST(h.log.count("fuse.tripped") == 2U);
}

BOOST_AUTO_TEST_CASE(jitter_trips_nothing_by_itself) {
    Harness h;
    EntrySettings& entry =
        h.entry("often", *schedule::Cron::parse("*/10 * * * *"), "{{ now | date('%H:%M') }}");
    entry.jitter = 50min;
    h.start();
    h.time.run_for(24h);
    BOOST_TEST(h.log.count("fuse.tripped") == 0U);
    BOOST_TEST(h.store.posts.size() == 144U); // the last is about to be due
}

BOOST_AUTO_TEST_CASE(quiet_hours_bunch_nothing) {
    Harness h;
    h.account("news").limits.quiet.hours = QuietHours{23h, 7h, "UTC"};
    h.entry("often", *schedule::Cron::parse("*/20 * * * *"), "{{ now | date('%d %H:%M') }}");
    h.start();
    h.time.run_for(48h);
    BOOST_TEST(h.log.count("fuse.tripped") == 0U);
    BOOST_TEST(held_by_fuse(h) == 0U);
}

BOOST_AUTO_TEST_CASE(a_store_that_refuses_leaves_neither_a_post_nor_a_tripped_fuse) {
    Harness h;
    h.source("blog");
    h.feed.add("a", "A");
    h.start();
    h.time.run_for(1h);
    show_flood(h, "x", 25);
    h.store.failures = {Failure{Cause::temporary, "disk full"}, Failure{Cause::temporary, "disk full"}};
    while (!h.store.failures.empty())
        h.time.run_for(1min);
    BOOST_TEST(!h.engine->sources().front().fuse.open());
    BOOST_TEST(h.store.posts.empty());
    h.time.run_for(2h);
    BOOST_TEST(h.engine->sources().front().fuse.open());
    BOOST_TEST(held_by_fuse(h) == 25U);
}

BOOST_AUTO_TEST_CASE(letting_a_flood_go_approves_nothing_where_each_post_is_approved) {
    Harness h;
    h.account("news").mode = Mode::hold;
    h.source("blog");
    h.feed.add("a", "A");
    h.start();
    h.time.run_for(1h);
    show_flood(h, "x", 12);
    h.time.run_for(1h);
    resume(h, "source:blog");
    h.time.run_for(1h);
    BOOST_TEST(h.server.statuses.empty());
    BOOST_TEST(held_by_fuse(h) == 0U);
    for (const Post& post : h.store.posts)
        BOOST_TEST((post.state == PostState::held && post.code == ReasonCode::approval));
}

BOOST_AUTO_TEST_CASE(an_entry_whose_fuse_has_tripped_keeps_no_room_for_what_does_not_leave) {
    Harness h;
    h.entry("minutely", schedule::Every{1min, Duration{}}, "{{ now | date('%H:%M') }}");
    h.account("news").limits.min_gap = 90s;
    h.start();
    h.time.run_for(30min);
    BOOST_TEST(h.timeline().size() == 9U);
    const PostId id = h.post("by hand", "k");
    h.time.run_for(2min);
    BOOST_TEST((h.store.post(id).state == PostState::published));
}

BOOST_AUTO_TEST_CASE(what_was_held_for_what_it_lacked_does_not_slip_through_an_open_fuse) {
    Harness h;
    PostTarget& target = h.source("blog").targets.front();
    auto shape = std::make_shared<PostTemplate>(*target.post);
    shape->overflow = Overflow::reject;
    target.post = shape;
    h.feed.add("old", "Old");
    h.start();
    h.time.run_for(1s);
    h.feed.add("long", std::string(600, 'x'));
    h.time.run_for(16min);
    BOOST_REQUIRE((h.store.post(1).code == ReasonCode::content));
    const Item item = h.feed.items.front();
    show_flood(h, "new", 40);
    h.feed.items.push_back(item);
    h.time.run_for(16min);
    BOOST_REQUIRE(held_by_fuse(h) > 0U);
    h.feed.items.back().title = "Short";
    h.time.run_for(16min);
    BOOST_TEST((h.store.post(1).state == PostState::held));
    BOOST_TEST((h.store.post(1).code == ReasonCode::fuse));
    BOOST_TEST(h.store.post(1).content.status.starts_with("Short "));
}

BOOST_AUTO_TEST_CASE(reminders_of_one_event_trip_nothing) {
    Harness h;
    SourceSettings& calendar = h.source("calendar");
    calendar.repeats = true;
    calendar.links_tell = false;
    h.feed.add("old", "Old");
    h.start();
    h.time.run_for(1s);
    for (int i = 0; i < 4; ++i) {
        h.feed.items.insert(h.feed.items.begin(),
                            with_link("r" + std::to_string(i), "https://meet.example/weekly"));
        h.feed.items.front().title = "The weekly meeting";
    }
    h.time.run_for(20min);
    BOOST_TEST(held_by_fuse(h) == 0U);
    BOOST_TEST(h.server.statuses.size() == 4U);
}

BOOST_AUTO_TEST_SUITE_END()
