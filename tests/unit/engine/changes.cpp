#include "support/engine_harness.hpp"

using namespace crier;
using namespace crier::test;

namespace {

schedule::Rule cron_rule(const char* text) {
    return *schedule::Cron::parse(text);
}

schedule::Rule at_rule(Instant when) {
    schedule::At at;
    at.instants = {when};
    return at;
}

/// Two accounts, two posts of an hourly entry that wait for their jitter, and one that is published.
void fire_with_jitter(Harness& h) {
    h.entry("hourly", cron_rule("0 * * * *"), "{{ now | date('%H:%M') }}").jitter = 50min;
    h.start();
    h.time.run_for(61min);
    h.stop();
    BOOST_REQUIRE_EQUAL(h.store.posts.size(), 1U);
    BOOST_REQUIRE(h.store.post(1).state == PostState::waiting);
}

/// A source that posts all that it has, which is one item; the daemon is stopped then.
void post_one_of(Harness& h, SourceSettings& source) {
    source.first_run.publish.reset();
    h.feed.add("a", "A");
    h.start();
    h.time.run_for(1min);
    h.stop();
}

void post_one_of_blog(Harness& h) {
    post_one_of(h, h.source("blog"));
}

void call_it_weblog(Harness& h) {
    h.settings.sources[0].name = "weblog";
    h.settings.sources[0].was = "blog";
}

void ask_pause(Harness& h, const std::string& target) {
    bool done = false;
    boost::asio::co_spawn(h.context,
                          h.engine->pause(*engine::Target::parse(target, h.settings), std::nullopt, "why"),
                          [&](std::exception_ptr, Result<> r) { done = r.has_value(); });
    h.time.run_for(1s);
    BOOST_REQUIRE(done);
}

engine::Accepted post_item(Harness& h, const std::string& source, const std::string& item) {
    engine::PostOrder order;
    order.status = "by hand";
    Origin origin;
    origin.kind = OriginKind::source;
    origin.name = source;
    origin.item = item;
    order.origin = origin;
    std::optional<engine::Accepted> accepted;
    boost::asio::co_spawn(h.context, h.engine->post(std::move(order)),
                          [&](std::exception_ptr, Result<engine::Accepted> r) { accepted = *r; });
    h.time.run_while([&] { return !accepted; });
    return *accepted;
}

} // namespace

BOOST_AUTO_TEST_SUITE(engine_changes)

// --- names ---

BOOST_AUTO_TEST_CASE(a_renamed_source_keeps_what_was_seen_and_posts_nothing_twice) {
    Harness h;
    h.source("blog").first_run.publish.reset(); // all: the worst that a lost memory could do
    h.feed.add("a", "A");
    h.start();
    h.time.run_for(1min);
    const PostId paused_never = h.store.post(1).id;
    BOOST_TEST(h.timeline().size() == 1U);
    h.stop();
    call_it_weblog(h);
    h.settings.sources[0].url = "https://elsewhere.example/feed.xml";
    h.start();
    h.feed.add("b", "B");
    h.time.run_for(20min);
    BOOST_TEST(h.timeline().size() == 2U);
    BOOST_TEST(h.log.count("source.renamed") == 1U);
    BOOST_TEST(h.store.post(paused_never).origin.name == "weblog");
    BOOST_REQUIRE_EQUAL(h.store.states.sources.size(), 1U);
    BOOST_TEST(h.store.states.sources[0].source == "weblog");
    // The same item by hand is the same post: the key goes by the first name.
    BOOST_TEST(post_item(h, "weblog", h.store.post(1).origin.item).known);
    h.settings.sources[0].was.clear(); // it may go after one start
    h.restart();
    h.time.run_for(20min);
    BOOST_TEST(h.timeline().size() == 2U);
    BOOST_TEST(post_item(h, "weblog", h.store.post(2).origin.item).known);
}

BOOST_AUTO_TEST_CASE(a_new_name_for_the_same_address_is_adopted_and_said) {
    Harness h;
    post_one_of_blog(h);
    h.settings.sources[0].name = "weblog";
    h.start();
    h.time.run_for(20min);
    BOOST_TEST(h.timeline().size() == 1U);
    BOOST_TEST(h.log.first("source.renamed") ==
               "weblog is what was blog (it reads the same): it keeps what was seen and posted under that "
               "name");
}

BOOST_AUTO_TEST_CASE(a_new_name_for_the_same_command_is_adopted_and_for_another_one_is_not) {
    for (const bool same : {true, false}) {
        Harness h;
        SourceSettings& source = h.source("blog");
        source.url.clear();
        source.command = {"/usr/bin/books", "--new"};
        post_one_of(h, source);
        h.settings.sources[0].name = "weblog";
        if (!same)
            h.settings.sources[0].command = {"/usr/bin/books --new"};
        h.start();
        h.time.run_for(20min);
        BOOST_TEST(h.log.count("source.renamed") == (same ? 1U : 0U));
        BOOST_TEST(h.timeline().size() == (same ? 1U : 2U));
    }
}

BOOST_AUTO_TEST_CASE(a_new_name_beside_the_old_one_or_with_another_plugin_is_a_new_source) {
    Harness h;
    h.source("blog");
    h.feed.add("a", "A");
    h.start();
    h.time.run_for(1min);
    h.stop();
    h.source("second"); // the same address, and the first is still there
    h.settings.sources.push_back(h.settings.sources[0]);
    h.settings.sources.back().name = "third";
    h.settings.sources.back().plugin = "other";
    h.start();
    h.time.run_for(1min);
    BOOST_TEST(h.log.count("source.renamed") == 0U);
    BOOST_TEST(h.log.count("source.first_run") == 3U);
}

BOOST_AUTO_TEST_CASE(a_renamed_entry_keeps_its_progress_its_keys_and_its_pause) {
    Harness h;
    h.entry("greeting", cron_rule("0 * * * *"), "{{ now | date('%H') }}");
    h.entry("other", cron_rule("30 * * * *"), "other {{ now | date('%H') }}");
    h.start();
    h.time.run_for(45min);
    ask_pause(h, "entry:other");
    h.time.run_for(30min); // 13:15
    h.stop();
    h.settings.schedule[0].name = "hello";
    h.settings.schedule[0].was = "greeting";
    h.settings.schedule[0].missed.within = 3h;
    h.settings.schedule[1].name = "another";
    h.settings.schedule[1].was = "other";
    h.time.run_for(1h); // 14:00 is missed under the old name, and `latest` posts it under the new one
    h.start();
    h.time.run_for(1h);
    BOOST_TEST(h.timeline() == (std::vector<std::string>{"other 12", "13", "14", "15"}),
               boost::test_tools::per_element());
    BOOST_TEST(h.log.count("entry.renamed") == 2U);
    BOOST_TEST(h.engine->paused_entries() == std::vector<std::string>{"another"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_renamed_entry_posts_no_instant_twice_even_with_its_progress_lost) {
    Harness h;
    h.entry("greeting", at_rule(h.time.now() + 10min), "once");
    h.start();
    h.time.run_for(20min);
    h.stop();
    h.settings.schedule[0].name = "hello";
    h.settings.schedule[0].was = "greeting";
    h.time.jump(-15min); // before its moment again
    h.start();
    h.time.run_for(1h);
    BOOST_TEST(h.timeline().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_name_that_comes_again_for_something_else_has_keys_of_its_own) {
    Harness h;
    post_one_of_blog(h);
    call_it_weblog(h);
    h.restart();
    h.time.run_for(1min);
    h.stop();
    h.settings.sources[0].was.clear();
    h.source("blog").first_run.publish.reset();
    h.settings.sources[1].url = "https://other.example/feed.xml";
    h.start();
    h.time.run_for(1min);
    BOOST_TEST(h.timeline().size() == 2U); // the same item, of another source
}

BOOST_AUTO_TEST_CASE(was_comes_too_late_for_a_name_that_has_a_memory) {
    Harness h;
    h.source("blog");
    h.feed.add("a", "A");
    h.start();
    h.time.run_for(1min);
    h.stop();
    h.settings.sources[0].name = "weblog";
    h.settings.sources[0].url = "https://new.example/feed.xml";
    h.start();
    h.time.run_for(1min);
    h.settings.sources[0].was = "blog";
    h.restart();
    h.time.run_for(1min);
    BOOST_TEST(h.log.count("config.was_ignored") == 1U);
    BOOST_TEST(h.log.count("source.renamed") == 0U);
}

BOOST_AUTO_TEST_CASE(a_pause_on_a_stopped_store_does_not_lose_what_a_rename_brings) {
    Harness h;
    post_one_of_blog(h);
    call_it_weblog(h);
    h.engine = std::make_unique<engine::Engine>(h.context.get_executor(), h.settings, h.world);
    bool done = false;
    boost::asio::co_spawn(
        h.context,
        [](Harness& harness) -> boost::asio::awaitable<void> {
            const Result<> begun = co_await harness.engine->begin();
            BOOST_TEST(begun.has_value());
            const Result<> paused = co_await harness.engine->pause(
                *engine::Target::parse("source:weblog", harness.settings), std::nullopt, "");
            BOOST_TEST(paused.has_value());
            const Result<> resumed =
                co_await harness.engine->resume(*engine::Target::parse("source:weblog", harness.settings));
            BOOST_TEST(resumed.has_value());
        }(h),
        [&](std::exception_ptr) { done = true; });
    h.time.run_while([&] { return !done; });
    h.engine.reset();
    h.start();
    h.time.run_for(20min);
    BOOST_TEST(h.timeline().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_changed_address_of_a_source_keeps_what_was_seen) {
    Harness h;
    h.source("blog").first_run.publish.reset();
    h.feed.add("a", "A");
    h.start();
    h.time.run_for(1min);
    h.settings.sources[0].url = "https://elsewhere.example/feed.xml";
    h.restart();
    h.feed.add("b", "B");
    h.time.run_for(20min);
    BOOST_TEST(h.timeline() ==
                   (std::vector<std::string>{"A https://blog.example/a", "B https://blog.example/b"}),
               boost::test_tools::per_element());
}

// --- editions ---

BOOST_AUTO_TEST_CASE(a_raised_edition_posts_the_moment_of_an_at_once_more) {
    Harness h;
    h.entry("launch", at_rule(h.time.now() + 10min), "we launch");
    h.start();
    h.time.run_for(20min);
    h.restart();
    h.time.run_for(20min);
    BOOST_TEST(h.timeline().size() == 1U);
    h.settings.schedule[0].edition = 1;
    h.restart();
    h.time.run_for(20min); // its moment was 30 minutes ago: `missed: latest within 1h`
    BOOST_TEST(h.timeline().size() == 2U);
    h.restart();
    h.time.run_for(20min);
    BOOST_TEST(h.timeline().size() == 2U);
    h.settings.schedule[0].edition = 0; // back: known
    h.restart();
    h.time.run_for(20min);
    BOOST_TEST(h.timeline().size() == 2U);
    h.settings.schedule[0].edition = 2; // too late
    h.restart();
    h.time.run_for(20min);
    BOOST_TEST(h.timeline().size() == 2U);
}

BOOST_AUTO_TEST_CASE(what_waits_under_an_old_edition_is_cancelled) {
    Harness h;
    h.entry("launch", at_rule(h.time.now() + 10min), "we launch").jitter = 50min;
    h.start();
    h.time.run_for(11min);
    BOOST_REQUIRE(h.store.post(1).state == PostState::waiting);
    h.settings.schedule[0].edition = 1;
    h.restart();
    h.time.run_for(2h);
    BOOST_TEST(h.timeline().size() == 1U);
    BOOST_TEST((h.store.post(1).code == ReasonCode::schedule_changed));
}

BOOST_AUTO_TEST_CASE(a_raised_edition_of_a_source_lets_an_item_be_posted_again_by_hand_and_only_so) {
    Harness h;
    h.source("blog").first_run.publish.reset();
    h.feed.add("a", "A");
    h.start();
    h.time.run_for(1min);
    BOOST_TEST(post_item(h, "blog", h.store.post(1).origin.item).known);
    h.settings.sources[0].edition = 1;
    h.restart();
    h.time.run_for(20min);
    BOOST_TEST(h.timeline().size() == 1U);
    BOOST_TEST(!post_item(h, "blog", h.store.post(1).origin.item).known);
    h.time.run_for(1min);
    BOOST_TEST(h.timeline().size() == 2U);
}

// --- what is gone ---

BOOST_AUTO_TEST_CASE(posts_of_a_removed_entry_are_held_and_go_on_when_it_comes_back) {
    Harness h;
    fire_with_jitter(h);
    const EntrySettings entry = h.settings.schedule[0];
    h.settings.schedule.clear();
    h.start();
    h.time.run_for(2h);
    BOOST_TEST(h.timeline().empty());
    BOOST_TEST((h.store.post(1).state == PostState::held));
    BOOST_TEST((h.store.post(1).code == ReasonCode::origin_removed));
    BOOST_TEST(h.store.post(1).reason ==
               "the entry hourly is no longer in the configuration: put it back, or "
               "`crier outbox release` or `cancel`");
    BOOST_TEST(h.log.count("origin.removed") == 1U);
    h.settings.schedule.push_back(entry);
    h.restart();
    h.time.run_for(1min);
    BOOST_TEST(h.timeline().size() >= 1U);
    BOOST_TEST(h.timeline().front() == "13:00");
}

BOOST_AUTO_TEST_CASE(posts_of_a_removed_source_are_held_and_a_person_may_let_one_go) {
    Harness h;
    h.source("blog").first_run.publish.reset();
    h.start();
    h.time.run_for(1min);
    ask_pause(h, "account:news");
    h.feed.add("a", "A");
    h.feed.add("b", "B");
    h.time.run_for(20min);
    h.settings.sources.clear();
    h.restart();
    h.time.run_for(1min);
    for (PostId id : {1, 2})
        BOOST_TEST((h.store.post(id).code == ReasonCode::origin_removed));
    bool released = false;
    boost::asio::co_spawn(h.context, h.engine->act(1, engine::OutboxAction::release, false),
                          [&](std::exception_ptr, Result<Post> r) { released = r.has_value(); });
    h.time.run_for(1s);
    BOOST_TEST(released);
    h.restart(); // a person's word stands
    h.time.run_for(1min);
    BOOST_TEST((h.store.post(1).state == PostState::ready));
    BOOST_TEST((h.store.post(2).state == PostState::held));
}

BOOST_AUTO_TEST_CASE(a_post_in_doubt_is_resolved_although_its_entry_is_gone) {
    Harness h;
    h.entry("hourly", cron_rule("0 * * * *"), "hello");
    h.server.faults = {Fault::lost_before};
    h.start();
    h.time.run_for(61min);
    BOOST_REQUIRE(h.store.post(1).state == PostState::doubt);
    h.settings.schedule.clear();
    h.restart();
    h.time.run_for(10min);
    BOOST_TEST((h.store.post(1).state == PostState::published));
    BOOST_TEST(h.timeline().size() == 1U);
}

BOOST_AUTO_TEST_CASE(posts_of_an_account_that_is_gone_rest_and_go_on_when_it_comes_back) {
    Harness h;
    h.account("second");
    fire_with_jitter(h);
    const AccountSettings account = h.settings.accounts.at("news");
    const std::vector<EntrySettings> entries = h.settings.schedule;
    h.settings.accounts.erase("news");
    h.settings.schedule[0].targets[0].account = "second";
    h.start();
    h.time.run_for(3h);
    BOOST_TEST((h.store.post(1).state == PostState::waiting));
    h.stop();
    h.settings.accounts.emplace("news", account);
    h.settings.schedule = entries;
    h.start();
    h.time.run_for(1min);
    BOOST_TEST((h.store.post(1).state == PostState::published));
}

// --- a changed schedule ---

BOOST_AUTO_TEST_CASE(a_waiting_post_whose_instant_the_rule_no_longer_has_is_cancelled) {
    Harness h;
    fire_with_jitter(h);
    h.settings.schedule[0].when = schedule::Calendar{cron_rule("30 * * * *")};
    h.settings.schedule[0].jitter = {};
    h.start();
    h.time.run_for(1h); // until 14:01
    BOOST_TEST((h.store.post(1).state == PostState::cancelled));
    BOOST_TEST((h.store.post(1).code == ReasonCode::schedule_changed));
    BOOST_TEST(h.store.post(1).reason ==
               "schedule changed: the entry hourly no longer fires at 2026-11-24T13:00:00Z");
    // New instants count from the change: 12:30 never was one.
    BOOST_TEST(h.timeline() == std::vector<std::string>{"13:30"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_instant_that_stays_keeps_its_post) {
    Harness h;
    fire_with_jitter(h);
    h.settings.schedule[0].when = schedule::Calendar{cron_rule("*/30 * * * *")};
    h.start();
    h.time.run_for(2h);
    BOOST_TEST((h.store.post(1).state == PostState::published));
}

BOOST_AUTO_TEST_CASE(an_edited_template_is_for_new_posts_and_now_is_the_due_time_in_the_entrys_zone) {
    Harness h;
    h.entry("hourly", cron_rule("0 * * * *"), "old {{ now | date('%H:%M') }}").jitter = 50min;
    h.settings.schedule[0].timezone = "Europe/Berlin";
    h.start();
    h.time.run_for(61min);
    h.stop();
    BOOST_REQUIRE(h.store.post(1).state == PostState::waiting);
    h.settings.schedule[0].targets[0].post = Harness::text("new {{ now | date('%H:%M') }}");
    h.start();
    h.time.run_for(2h);
    BOOST_REQUIRE(h.timeline().size() >= 2U);
    BOOST_TEST(h.timeline()[0] == "old 14:00");
    BOOST_TEST(h.timeline()[1] == "new 15:00");
}

BOOST_AUTO_TEST_CASE(a_loosened_filter_posts_nothing_that_was_seen) {
    Harness h;
    Filter only;
    only.include.push_back(FieldFilter{"title", {"release"}});
    h.source("blog").targets[0].filter = std::make_shared<Filter>(only);
    h.settings.sources[0].first_run.publish.reset();
    for (int i = 0; i < 5; ++i)
        h.feed.add("i" + std::to_string(i), "chatter");
    h.feed.add("r", "release");
    h.start();
    h.time.run_for(1min);
    BOOST_TEST(h.timeline().size() == 1U);
    h.settings.sources[0].targets[0].filter.reset();
    h.restart();
    h.time.run_for(1h);
    BOOST_TEST(h.timeline().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_store_in_trouble_begins_nothing_before_a_rename_is_recorded) {
    Harness h;
    post_one_of_blog(h);
    call_it_weblog(h);
    for (int i = 0; i < 3; ++i)
        h.store.failures.push_back(Failure{Cause::temporary, "disk full"});
    h.start();
    h.time.run_for(20min);
    BOOST_TEST(h.log.count("store.failed") == 1U);
    BOOST_TEST(h.timeline().size() == 1U);
    BOOST_TEST(h.store.states.sources[0].source == "weblog");
}

BOOST_AUTO_TEST_SUITE_END()
