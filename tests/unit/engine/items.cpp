// What a source's settings make of its items: their time, their distance, their stories, their changes.

#include "support/engine_harness.hpp"

using namespace crier;
using namespace crier::test;

namespace {

using namespace std::chrono_literals;

bool mentions(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

/// An engine that has looked at its source once.
struct Looked : Harness {
    SourceSettings& blog = source("blog");

    Looked() {
        feed.add("old", "An old item");
        blog.fuse = Fuse{};
        blog.fuse->on = false;
    }
    void begin() {
        start();
        time.run_for(1s);
    }
    void next_look() { time.run_for(16min); }
    [[nodiscard]] const Post& post(std::size_t index) const { return store.posts.at(index); }
    [[nodiscard]] std::size_t posts() const { return store.posts.size(); }
    Item& item(const std::string& id) {
        return *std::find_if(feed.items.begin(), feed.items.end(),
                             [&](const Item& one) { return one.id == id; });
    }
    [[nodiscard]] std::string verdict(const std::string& title) const {
        for (const SeenItem& seen : store.items)
            if (seen.title == title)
                return seen.verdict;
        return {};
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(engine_items)

BOOST_AUTO_TEST_CASE(an_item_with_a_time_is_posted_then_and_not_before) {
    Looked h;
    h.begin();
    h.feed.add("talk", "The talk begins");
    h.item("talk").due = h.time.now() + 90min;
    h.next_look();
    BOOST_TEST(h.timeline().empty());
    h.time.run_for(73min);
    BOOST_TEST(h.timeline().empty());
    h.time.run_for(2min);
    BOOST_TEST(h.timeline() == (std::vector<std::string>{"The talk begins https://blog.example/talk"}));
    BOOST_TEST((h.post(0).due == *h.item("talk").due));
    h.restart();
    h.time.run_for(3h);
    BOOST_TEST(h.timeline().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_pause_at_the_moment_of_an_items_time_keeps_it_back) {
    Looked h;
    h.begin();
    h.feed.add("talk", "The talk begins");
    const Instant due = h.time.now() + 90min;
    h.item("talk").due = due;
    h.next_look();
    h.time.run_for(due - h.time.now() - 10ms);
    h.store.latency = 100ms;
    h.time.run_for(60ms); // it is being taken in
    const auto blog = *engine::Target::parse("source:blog", h.settings);
    boost::asio::co_spawn(h.context, h.engine->pause(blog, std::nullopt, ""),
                          [](std::exception_ptr, const Result<>&) {});
    h.time.run_for(30min); // an hour later its time would be over
    BOOST_TEST(h.posts() == 0U);
    boost::asio::co_spawn(h.context, h.engine->resume(blog), [](std::exception_ptr, const Result<>&) {});
    h.time.run_for(1h);
    BOOST_TEST(h.timeline().size() == 1U);
}

BOOST_AUTO_TEST_CASE(after_a_restart_what_is_to_come_is_known_again_at_once) {
    Looked h;
    h.blog.poll = 24h;
    h.feed.add("talk", "The talk begins");
    h.item("talk").due = h.time.now() + 2h;
    h.begin();
    BOOST_REQUIRE(h.engine->upcoming(10).size() == 1U);
    BOOST_TEST(h.engine->upcoming(10)[0].source == "blog");
    BOOST_TEST(h.engine->upcoming(10)[0].title == "The talk begins");
    h.restart();
    h.time.run_for(3h);
    BOOST_TEST(h.timeline().size() == 1U);
}

BOOST_AUTO_TEST_CASE(one_that_is_moved_or_taken_back_before_its_time_leaves_no_trace) {
    Looked h;
    h.begin();
    h.feed.add("a", "Moved");
    h.item("a").due = h.time.now() + 40min;
    h.feed.add("b", "Cancelled");
    h.item("b").due = h.time.now() + 40min;
    h.next_look();
    h.item("a").due = h.time.now() + 3h;
    std::erase_if(h.feed.items, [](const Item& item) { return item.id == "b"; });
    h.time.run_for(2h);
    BOOST_TEST(h.timeline().empty());
    h.time.run_for(2h);
    BOOST_TEST(h.timeline().size() == 1U);
}

BOOST_AUTO_TEST_CASE(of_items_with_a_time_a_first_look_posts_only_those_to_come) {
    Looked h;
    h.blog.first_run.publish.reset(); // all
    h.feed.items.clear();
    h.feed.add("past", "Half an hour ago");
    h.item("past").due = h.time.now() - 30min;
    h.feed.add("future", "In half an hour");
    h.item("future").due = h.time.now() + 30min;
    h.begin();
    h.time.run_for(1h);
    BOOST_TEST(h.timeline().size() == 1U);
    BOOST_TEST(h.verdict("Half an hour ago") == "noted: older than the first look");
}

BOOST_AUTO_TEST_CASE(one_that_was_due_while_the_daemon_was_down_is_posted_within_an_hour_and_not_later) {
    Looked h;
    h.begin();
    h.feed.add("late", "Late");
    h.item("late").due = h.time.now() + 1h;
    h.feed.add("too-late", "Too late");
    h.item("too-late").due = h.time.now() + 20min;
    h.next_look();
    h.stop();
    h.time.run_for(90min);
    h.start();
    h.time.run_for(1h);
    BOOST_TEST(h.timeline().size() == 1U);
    BOOST_TEST(h.verdict("Too late").starts_with("too late: it was due 2026-11-24T12:20:01"),
               h.verdict("Too late"));
}

BOOST_AUTO_TEST_CASE(an_item_that_expires_is_not_posted_afterwards) {
    Looked h;
    h.begin();
    h.stop();
    h.feed.add("show", "The show begins");
    h.item("show").due = h.time.now() + 10min;
    h.item("show").expires = h.time.now() + 20min;
    h.time.run_for(30min);
    h.start();
    h.time.run_for(1h);
    BOOST_TEST(h.timeline().empty());
    BOOST_TEST(h.verdict("The show begins").starts_with("too late: "));
}

BOOST_AUTO_TEST_CASE(a_post_that_waits_for_its_delay_follows_its_item) {
    Looked h;
    h.blog.delay = 30min;
    h.begin();
    h.feed.add("new", "A tpyo");
    h.next_look();
    BOOST_REQUIRE(h.posts() == 1U);
    BOOST_TEST((h.post(0).state == PostState::waiting));
    h.item("new").title = "A typo";
    h.restart();
    h.time.run_for(1h);
    BOOST_TEST(h.timeline() == (std::vector<std::string>{"A typo https://blog.example/new"}));
    h.item("new").title = "Too late for that";
    h.time.run_for(1h);
    BOOST_TEST(h.timeline() == (std::vector<std::string>{"A typo https://blog.example/new"}));
}

BOOST_AUTO_TEST_CASE(a_post_that_was_held_for_what_its_item_lacked_goes_when_it_no_longer_lacks_it) {
    Looked h;
    auto post = std::make_shared<PostTemplate>(*h.blog.targets[0].post);
    post->media.resize(1);
    post->media[0].from = {"enclosure"};
    h.blog.targets[0].post = post;
    h.begin();
    h.feed.add("picture", "A picture");
    h.item("picture").media.push_back(ItemMedia{"https://blog.example/p.png", "image/png", "", "enclosure"});
    h.next_look();
    BOOST_REQUIRE(h.posts() == 1U);
    BOOST_TEST((h.post(0).state == PostState::held));
    h.item("picture").media[0].alt = "A harbour at night";
    h.next_look();
    h.time.run_for(1min);
    BOOST_TEST((h.post(0).state == PostState::published));
}

BOOST_AUTO_TEST_CASE(what_a_person_has_changed_does_not_follow) {
    Looked h;
    h.blog.delay = 1h;
    h.begin();
    h.feed.add("new", "As it was");
    h.next_look();
    Post edited = h.post(0);
    edited.content.status = "By hand";
    edited.edited = h.time.now();
    Batch batch;
    batch.update.push_back(edited);
    h.put(std::move(batch));
    h.item("new").title = "As it is now";
    h.time.run_for(2h);
    BOOST_TEST(h.timeline() == (std::vector<std::string>{"By hand"}));
}

BOOST_AUTO_TEST_CASE(a_post_whose_item_is_taken_back_is_cancelled_if_it_has_not_left) {
    Looked h;
    h.blog.delay = 30min;
    h.begin();
    h.feed.add("a", "First");
    h.next_look();
    h.item("a").gone = true;
    h.time.run_for(1h);
    BOOST_TEST(h.timeline().empty());
    BOOST_TEST((h.post(0).state == PostState::cancelled));
    BOOST_TEST((h.post(0).code == ReasonCode::taken_back));
}

BOOST_AUTO_TEST_CASE(posts_of_a_source_keep_their_distance_over_a_restart) {
    Looked h;
    h.blog.spacing = 20min;
    h.begin();
    for (const char* id : {"1", "2", "3", "4"})
        h.feed.add(id, std::string{"Number "} + id);
    h.next_look();
    h.time.run_for(1min);
    BOOST_TEST(h.timeline().size() == 1U);
    h.restart();
    h.time.run_for(25min);
    BOOST_TEST(h.timeline().size() == 2U);
    h.feed.add("5", "Number 5");
    h.time.run_for(2h);
    BOOST_REQUIRE(h.timeline().size() == 5U);
    for (std::size_t i = 1; i < h.server.statuses.size(); ++i) {
        BOOST_TEST(mentions(h.server.statuses[i].text, "Number " + std::to_string(i + 1)));
        BOOST_TEST((h.post(i).due - h.post(i - 1).due >= 20min));
    }
}

BOOST_AUTO_TEST_CASE(one_look_takes_so_many_and_the_next_one_the_others) {
    Looked h;
    h.blog.per_look = 2;
    h.begin();
    for (const char* id : {"1", "2", "3", "4", "5"})
        h.feed.add(id, std::string{"Number "} + id);
    h.next_look();
    BOOST_TEST(h.timeline().size() == 2U);
    h.next_look();
    BOOST_TEST(h.timeline().size() == 4U);
    h.time.run_for(1h);
    BOOST_TEST(h.timeline().size() == 5U);
    BOOST_TEST(mentions(h.timeline().front(), "Number 1"));
    BOOST_TEST(mentions(h.timeline().back(), "Number 5"));
}

BOOST_AUTO_TEST_CASE(the_same_story_in_two_sources_is_posted_once) {
    Looked h;
    h.settings.dedupe = Dedupe{true, true, 24h};
    h.source("other");
    h.other_feeds["other"].add("x", "Something old and gone");
    h.begin();
    // Both in the same moment, by link; later by title; and one that is another story.
    h.feed.add("a", "The bridge is open again");
    h.feed.items.front().link = "https://city.example/bridge?utm_source=blog";
    h.other_feeds["other"].add("b", "Our bridge!");
    h.other_feeds["other"].items.front().link = "http://city.example/bridge";
    h.next_look();
    BOOST_TEST(h.timeline().size() == 1U);
    h.feed.add("c", "the  Mayor resigns today");
    h.next_look();
    h.other_feeds["other"].add("d", "The mayor resigns today");
    h.other_feeds["other"].add("e", "Update");
    h.feed.add("f", "Update");
    h.next_look();
    h.next_look();
    BOOST_TEST(h.timeline().size() == 4U);
    const std::string first = h.verdict("The mayor resigns today");
    BOOST_TEST(first.starts_with("told: by blog, "), first);
    h.time.run_for(25h);
    h.other_feeds["other"].add("g", "The mayor resigns today");
    h.next_look();
    BOOST_TEST(h.timeline().size() == 5U);
}

BOOST_AUTO_TEST_CASE(an_account_that_is_added_while_a_known_source_is_empty_is_not_flooded) {
    Looked h;
    h.feed.items.front().published = h.time.now() - 2h;
    h.begin();
    h.account("second");
    PostTarget target = h.blog.targets[0];
    target.account = "second";
    h.blog.targets.push_back(target);
    const std::vector<Item> items = std::exchange(h.feed.items, {});
    h.restart();
    h.next_look();
    h.feed.items = items;
    h.time.run_for(1h);
    BOOST_TEST(h.timeline().empty());
}

BOOST_AUTO_TEST_CASE(a_look_that_could_not_be_written_has_told_nothing) {
    Looked h;
    h.settings.dedupe = Dedupe{true, false, 24h};
    h.source("other").poll = 20min;
    h.other_feeds["other"].add("x", "Something old");
    h.begin();
    h.feed.add("a", "The bridge is open");
    h.feed.items.front().link = "https://city.example/bridge";
    h.store.failures.emplace_back(Cause::temporary, "the disk is full");
    h.next_look();
    h.time.run_for(1h);
    BOOST_TEST(h.timeline().size() == 1U);
}

BOOST_AUTO_TEST_CASE(items_may_be_known_by_their_title_and_a_change_of_that_posts_nothing) {
    Looked h;
    h.blog.identify_by = IdentifyBy::title;
    h.begin();
    h.feed.add("1", "The daily soup");
    h.next_look();
    BOOST_TEST(h.timeline().size() == 1U);
    h.feed.add("2", "The daily  soup");
    h.next_look();
    BOOST_TEST(h.timeline().size() == 1U);
    h.blog.identify_by = IdentifyBy::automatic;
    h.restart();
    h.time.run_for(1h);
    BOOST_TEST(h.timeline().size() == 1U);
    h.feed.add("3", "Something else");
    h.next_look();
    BOOST_TEST(h.timeline().size() == 2U);
}

BOOST_AUTO_TEST_CASE(pages_are_read_for_what_is_posted_and_wants_something_of_them) {
    Looked h;
    h.blog.targets[0].post = Harness::text("{{ title }}: {{ page_description }}");
    Item page;
    page.title = "The page";
    page.summary = "What it is about";
    h.feed.pages["https://blog.example/new"] = page;
    h.begin();
    BOOST_TEST(h.feed.pages_read.empty());
    h.feed.add("new", "New");
    h.feed.add("broken", "Broken");
    h.next_look();
    h.next_look();
    BOOST_TEST(h.feed.pages_read.size() == 2U);
    BOOST_TEST(h.timeline() == (std::vector<std::string>{"New: What it is about", "Broken:"}));
}

BOOST_AUTO_TEST_CASE(a_pages_picture_is_the_last_resort) {
    Looked h;
    auto post = std::make_shared<PostTemplate>(*h.blog.targets[0].post);
    post->media.resize(1);
    post->media[0].from = {"enclosure", "og_image"};
    post->media[0].missing_alt = MissingAlt::post;
    h.blog.targets[0].post = post;
    Item page;
    page.media.push_back(ItemMedia{"https://blog.example/og.png", "image/png", "", ""});
    h.feed.pages["https://blog.example/plain"] = page;
    h.begin();
    h.feed.add("plain", "Without a picture");
    h.feed.add("rich", "With one");
    h.item("rich").media.push_back(ItemMedia{"https://blog.example/own.png", "image/png", "", "enclosure"});
    h.next_look();
    h.time.run_for(1min);
    BOOST_TEST(h.feed.pages_read == (std::vector<std::string>{"https://blog.example/plain"}));
    BOOST_TEST(h.media.fetches ==
               (std::vector<std::string>{"https://blog.example/og.png", "https://blog.example/own.png"}));
}

BOOST_AUTO_TEST_CASE(a_source_is_told_what_became_of_its_items) {
    Looked h;
    h.blog.first_run.publish.reset();
    Filter filter;
    filter.exclude.push_back({"title", {"secret"}});
    h.blog.targets[0].filter = std::make_shared<const Filter>(filter);
    h.feed.items.clear();
    h.blog.folder.emplace();
    h.feed.add("good", "Good");
    h.feed.add("hidden", "A secret");
    h.begin();
    h.time.run_for(1min);
    BOOST_REQUIRE(h.feed.fates.size() == 2U);
    for (const Fate& fate : h.feed.fates) {
        BOOST_TEST(fate.published == (fate.id == "good"));
        BOOST_TEST(mentions(fate.words, fate.id == "good" ? "news: https://" : "news: filtered: "),
                   fate.words);
    }
}

BOOST_AUTO_TEST_CASE(of_an_item_that_waited_for_its_time_a_source_is_told_too) {
    Looked h;
    h.blog.folder.emplace();
    h.begin();
    h.feed.add("later", "Later");
    h.item("later").due = h.time.now() + 30min;
    h.feed.changed();
    h.time.run_for(5s);
    BOOST_TEST(std::none_of(h.feed.fates.begin(), h.feed.fates.end(),
                            [](const Fate& fate) { return fate.id == "later"; }));
    h.time.run_for(30min);
    BOOST_TEST(std::any_of(h.feed.fates.begin(), h.feed.fates.end(),
                           [](const Fate& fate) { return fate.id == "later" && fate.published; }));
}

BOOST_AUTO_TEST_CASE(an_item_whose_time_has_come_is_no_look_at_a_source_that_is_down) {
    Looked h;
    h.begin();
    h.feed.add("talk", "The talk begins");
    h.item("talk").due = h.time.now() + 1h;
    h.next_look();
    for (int i = 0; i < 3; ++i)
        h.feed.failures.emplace_back(Cause::network, "no connection");
    h.time.run_for(50min);
    BOOST_TEST(h.timeline().size() == 1U);
    BOOST_TEST(h.engine->sources().at(0).failures > 0);
    BOOST_TEST(h.engine->sources().at(0).error == "no connection");
}

BOOST_AUTO_TEST_CASE(an_item_whose_time_has_come_waits_for_the_store) {
    Looked h;
    h.begin();
    h.feed.add("talk", "The talk begins");
    h.item("talk").due = h.time.now() + 1h;
    h.next_look();
    h.time.run_for(40min);
    for (int i = 0; i < 100; ++i)
        h.store.failures.emplace_back(Cause::temporary, "the disk is full");
    h.time.run_for(5min);
    BOOST_TEST(h.store.failures.size() > 50U); // not as fast as it can
    h.time.run_for(20min);
    BOOST_TEST(h.timeline().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_post_that_waits_keeps_what_the_linked_page_gave_it) {
    Looked h;
    h.blog.delay = 1h;
    auto post = std::make_shared<PostTemplate>(*Harness::text("{{ title }}: {{ page_description }}"));
    post->media.resize(1);
    post->media[0].from = {"og_image"};
    post->media[0].missing_alt = MissingAlt::post;
    h.blog.targets[0].post = post;
    Item page;
    page.summary = "What it is about";
    page.media.push_back(ItemMedia{"https://blog.example/og.png", "image/png", "", ""});
    h.feed.pages["https://blog.example/new"] = page;
    h.begin();
    h.feed.add("new", "A tpyo");
    h.next_look();
    h.next_look(); // the same again: no change
    BOOST_TEST(h.feed.pages_read.size() == 1U);
    h.item("new").title = "A typo";
    h.next_look();
    h.time.run_for(1h);
    BOOST_TEST(h.timeline() == (std::vector<std::string>{"A typo: What it is about"}));
    BOOST_TEST(h.media.fetches == (std::vector<std::string>{"https://blog.example/og.png"}));
}

BOOST_AUTO_TEST_CASE(a_source_that_says_that_something_has_changed_is_looked_at) {
    Looked h;
    h.begin();
    h.time.run_for(1min);
    const std::size_t polls = h.feed.polls;
    h.feed.add("new", "New");
    for (int i = 0; i < 10; ++i)
        h.feed.changed();
    h.time.run_for(3s);
    BOOST_TEST(h.feed.polls == polls + 1);
    BOOST_TEST(h.timeline().size() == 1U);
}

BOOST_AUTO_TEST_CASE(links_lose_what_only_says_who_sent_the_reader) {
    Looked h;
    h.begin();
    h.feed.add("new", "New");
    h.feed.items.front().link = "https://blog.example/new?utm_source=rss&id=7&fbclid=x#part";
    h.next_look();
    BOOST_TEST(h.timeline() == (std::vector<std::string>{"New https://blog.example/new?id=7#part"}));
}

BOOST_AUTO_TEST_CASE(where_ids_are_somebodys_own_one_link_may_have_many_items) {
    Harness h;
    SourceSettings& alerts = h.source("alerts");
    alerts.links_tell = false;
    h.feed.add("old", "An old one");
    h.start();
    h.time.run_for(1s);
    for (const std::string id : {"a", "b"}) {
        h.feed.add(id, "Alert " + id);
        h.feed.items.front().link = "https://dash.example/";
        h.time.run_for(16min);
    }
    BOOST_TEST(h.server.statuses.size() == 2U);
    h.feed.items.front().id = "c"; // and so it is with the same words
    h.time.run_for(16min);
    BOOST_TEST(h.server.statuses.size() == 3U);
}

BOOST_AUTO_TEST_CASE(a_first_run_that_publishes_all_takes_so_many_a_look) {
    Harness h;
    SourceSettings& list = h.source("list");
    list.first_run.publish.reset();
    list.per_look = 2;
    for (int i = 0; i < 5; ++i)
        h.feed.add(std::to_string(i), "Row " + std::to_string(i));
    h.start();
    h.time.run_for(1min);
    BOOST_TEST(h.server.statuses.size() == 2U);
    h.time.run_for(16min);
    BOOST_TEST(h.server.statuses.size() == 4U);
    h.time.run_for(32min);
    BOOST_TEST(h.server.statuses.size() == 5U);
}

BOOST_AUTO_TEST_SUITE_END()
