// A changed configuration, taken up while the daemon runs: what it leaves alone is not disturbed, what it
// changes begins or ends without a post lost or doubled.

#include "support/engine_harness.hpp"

#include <algorithm>

using namespace crier;
using namespace crier::test;

namespace {

using Texts = std::vector<std::string>;

struct Reloading : Harness {
    Reloading() { reloads = true; }
};

schedule::Rule rule_of(const char* text) {
    return *schedule::Cron::parse(text);
}

/// A second account, on another server's name: the model is one for all.
void add_account(Harness& h, const char* name) {
    h.account(name);
}

/// A source that has shown one item on each of its looks so far, and posted it.
SourceSettings& posting_source(Harness& h, const char* name) {
    SourceSettings& source = h.source(name);
    source.first_run.publish.reset();
    h.other_feeds[name].add("1", std::string{name} + " one");
    return source;
}

EntrySettings& running(Harness& h, const char* name) {
    EntrySettings& entry = h.entry(name, rule_of("0 * * * *"), "{{ title }}");
    auto run = std::make_shared<SourceSettings>();
    run->name = name;
    run->plugin = "exec";
    run->command = {std::string{"/opt/"} + name};
    entry.run = run;
    return entry;
}

const Post& post_with(const Harness& h, const std::string& text) {
    const auto found = std::find_if(h.store.posts.begin(), h.store.posts.end(),
                                    [&](const Post& post) { return post.content.status == text; });
    BOOST_REQUIRE(found != h.store.posts.end());
    return *found;
}

class ToldPerson final : public Alerter {
public:
    [[nodiscard]] std::string name() const override { return "a person"; }
    boost::asio::awaitable<Result<>> deliver(Alert alert) override {
        told.push_back(alert.what.subject + (alert.word == AlertWord::over ? " is over" : ""));
        co_return Result<>{};
    }
    std::vector<std::string> told;
};

} // namespace

BOOST_AUTO_TEST_SUITE(engine_reload)

BOOST_AUTO_TEST_CASE(what_is_not_changed_is_not_looked_at_again) {
    Reloading h;
    posting_source(h, "blog");
    h.start();
    h.time.run_for(1min);
    BOOST_TEST(h.other_feeds["blog"].polls == 1U);
    const Instant next = h.engine->sources().at(0).next_poll;
    posting_source(h, "news-feed");
    for (int i = 0; i < 5; ++i) {
        h.settings.keep.posts -= std::chrono::hours{1};
        h.reload();
    }
    h.time.run_for(1min);
    BOOST_TEST(h.other_feeds["blog"].polls == 1U);
    BOOST_TEST((h.engine->sources().at(0).next_poll == next));
    BOOST_TEST(h.other_feeds["news-feed"].polls == 1U);
    BOOST_TEST(h.server.statuses.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_source_that_is_gone_is_not_looked_at_and_its_posts_are_held) {
    Reloading h;
    SourceSettings& source = posting_source(h, "blog");
    source.delay = 30min;
    h.start();
    h.time.run_for(1min);
    BOOST_REQUIRE_EQUAL(h.store.posts.size(), 1U);
    const std::vector<SourceSettings> before = std::exchange(h.settings.sources, {});
    h.reload();
    BOOST_TEST((h.store.post(1).state == PostState::held));
    BOOST_TEST((h.store.post(1).code == ReasonCode::origin_removed));
    h.time.run_for(2h);
    BOOST_TEST(h.other_feeds["blog"].polls == 1U);
    BOOST_TEST(h.server.statuses.empty());

    h.settings.sources = before;
    h.reload();
    h.time.run_for(1h);
    BOOST_TEST(h.server.statuses.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_renamed_source_posts_nothing_again) {
    Reloading h;
    posting_source(h, "blog");
    h.start();
    h.time.run_for(1min);
    h.settings.sources[0].name = "weblog";
    h.settings.sources[0].was = "blog";
    h.other_feeds["weblog"].add("1", "blog one");
    h.reload();
    h.other_feeds["weblog"].add("2", "blog two");
    h.time.run_for(30min);
    BOOST_TEST(h.timeline() == (Texts{"blog one https://blog.example/1", "blog two https://blog.example/2"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_request_on_its_way_ends_and_what_follows_goes_by_the_new_limits) {
    Reloading h;
    h.server.latency = 10s;
    h.start();
    h.post("one", "1");
    h.post("two", "2");
    h.time.run_for(5s);
    BOOST_TEST(h.server.statuses.empty());
    h.account("news").limits.min_gap = 10min;
    h.begin_reload();
    h.time.run_for(30s);
    BOOST_TEST(h.reloaded);
    BOOST_TEST(h.timeline() == Texts{"one"}, boost::test_tools::per_element());
    h.time.run_for(11min);
    BOOST_TEST(h.timeline() == (Texts{"one", "two"}), boost::test_tools::per_element());
    BOOST_TEST(h.server.keys.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_busy_account_keeps_nothing_else_waiting) {
    Reloading h;
    add_account(h, "art");
    h.server.latency = 30s;
    h.start();
    h.time.run_for(1min); // both servers are known
    engine::PostOrder order;
    order.account = "news";
    order.status = "long";
    order.key = "1";
    (void)h.hand_in(std::move(order));
    h.entry("minutely", rule_of("* * * * *"), "tick {{ now | date('%M') }}").targets[0].account = "art";
    h.time.run_for(1s);
    h.begin_reload();
    h.time.run_for(5s);
    BOOST_TEST(h.reloaded); // though the request of "news" takes longer
    h.time.run_for(2min);
    BOOST_TEST(h.server.statuses.size() >= 2U);
    BOOST_TEST(h.server.keys.size() == h.server.statuses.size());
}

BOOST_AUTO_TEST_CASE(an_account_comes_and_goes) {
    Reloading h;
    h.start();
    add_account(h, "art");
    EntrySettings& entry = h.entry("hourly", rule_of("0 * * * *"), "{{ account }} {{ now | date('%H') }}");
    entry.targets.push_back(entry.targets[0]);
    entry.targets[1].account = "art";
    h.reload();
    h.time.run_for(90min);
    BOOST_TEST(h.server.statuses.size() == 2U);
    BOOST_TEST(h.engine->lanes().size() == 2U);

    h.settings.schedule[0].targets.pop_back();
    h.settings.accounts.erase("art");
    h.reload();
    BOOST_TEST(h.engine->lanes().size() == 1U);
    BOOST_TEST(h.engine->gone_accounts() == std::vector<std::string>{"art"},
               boost::test_tools::per_element());
    h.time.run_for(60min);
    BOOST_TEST(h.server.statuses.size() == 3U);
}

BOOST_AUTO_TEST_CASE(an_account_that_goes_ends_what_it_has_in_hand) {
    Reloading h;
    add_account(h, "art");
    h.server.latency = 10s;
    h.start();
    h.time.run_for(1min);
    engine::PostOrder order;
    order.account = "art";
    order.status = "the last one";
    order.key = "1";
    (void)h.hand_in(std::move(order));
    h.time.run_for(2s);
    h.settings.accounts.erase("art");
    h.begin_reload();
    h.time.run_for(3s);
    BOOST_TEST(!h.reloaded);
    h.time.run_for(30s);
    BOOST_TEST(h.reloaded);
    BOOST_TEST(h.timeline() == Texts{"the last one"}, boost::test_tools::per_element());
    BOOST_TEST((post_with(h, "the last one").state == PostState::published));
}

BOOST_AUTO_TEST_CASE(an_account_on_another_server_is_begun_anew) {
    Reloading h;
    posting_source(h, "blog");
    h.start();
    h.time.run_for(1min);
    AccountSettings& news = h.account("news");
    news.server = "https://other.example";
    news.handle = "bot";
    h.reload();
    h.post("hello", "1");
    h.time.run_for(1min);
    BOOST_TEST(h.server.statuses.size() == 2U);
    BOOST_TEST(h.engine->lanes().at(0).state.server == "https://other.example");
    BOOST_TEST(h.other_feeds["blog"].polls == 1U);
}

BOOST_AUTO_TEST_CASE(a_held_account_that_was_changed_is_tried_once_more) {
    Reloading h;
    h.server.good_token = "another";
    h.start();
    h.post("one", "1");
    h.time.run_for(1min);
    BOOST_TEST(h.engine->lanes().at(0).state.state == "held");
    h.token = "another";
    h.account("news").token.name = "/etc/crier/another.token";
    h.reload();
    h.time.run_for(1min);
    BOOST_TEST(h.timeline() == Texts{"one"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(entries_begin_end_and_fire_by_their_new_rule) {
    Reloading h;
    h.entry("old", rule_of("0 * * * *"), "old {{ now | date('%H:%M') }}");
    h.entry("both", rule_of("10 * * * *"), "both {{ now | date('%H:%M') }}");
    h.start();
    h.time.run_for(75min); // 13:15
    h.settings.schedule.erase(h.settings.schedule.begin());
    h.settings.schedule[0].when = schedule::Calendar{rule_of("20 * * * *")};
    h.entry("new", rule_of("30 * * * *"), "new {{ now | date('%H:%M') }}");
    h.reload();
    h.time.run_for(60min); // 14:15
    BOOST_TEST(h.timeline() == (Texts{"both 12:10", "old 13:00", "both 13:10", "both 13:20", "new 13:30"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_due_while_it_is_taken_up_fires_once) {
    Reloading h;
    h.entry("minutely", rule_of("* * * * *"), "{{ now | date('%H:%M') }}");
    h.store.latency = 300ms;
    h.start();
    // Reloads fall before, onto and after each full minute.
    for (int i = 0; i < 40; ++i) {
        h.time.run_for(7s);
        h.settings.keep.posts -= std::chrono::hours{1};
        h.reload();
    }
    h.time.run_for(10s);
    Texts once = h.timeline();
    std::sort(once.begin(), once.end());
    BOOST_TEST((std::adjacent_find(once.begin(), once.end()) == once.end()));
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(
        h.time.now() - *from_rfc3339("2026-11-24T12:00:00Z"));
    BOOST_TEST(once.size() == static_cast<std::size_t>(minutes.count()));
}

BOOST_AUTO_TEST_CASE(a_command_that_runs_goes_on_where_its_entry_is_the_same) {
    Reloading h;
    running(h, "weather");
    h.feed.add("sun", "sun");
    h.entry("condition", rule_of("0 * * * *"), "open").only_if.emplace().command = {"/opt/is-open"};
    h.programs.duration = 30s;
    h.start();
    h.time.run_for(1h + 10s); // the condition's program runs
    BOOST_TEST(h.programs.runs.size() == 1U);
    h.settings.keep.posts -= std::chrono::hours{1};
    h.reload();
    h.time.run_for(1min);
    BOOST_TEST(h.programs.runs.size() == 1U);
    Texts texts = h.timeline();
    std::sort(texts.begin(), texts.end());
    BOOST_TEST(texts == (Texts{"open", "sun"}), boost::test_tools::per_element());
    h.time.run_for(1h);
    BOOST_TEST(h.programs.runs.size() == 2U); // it is asked by the planner of now
    BOOST_TEST(h.server.statuses.size() == 4U);
}

BOOST_AUTO_TEST_CASE(a_command_whose_entry_was_changed_is_cut_off_and_run_anew) {
    Reloading h;
    h.entry("condition", rule_of("0 * * * *"), "open").only_if.emplace().command = {"/opt/is-open"};
    h.programs.duration = 30s;
    h.start();
    h.time.run_for(1h + 10s);
    BOOST_TEST(h.programs.runs.size() == 1U);
    h.settings.schedule[0].only_if->command = {"/opt/is-really-open"};
    h.reload();
    h.time.run_for(2min);
    BOOST_TEST(h.programs.runs == (Texts{"/opt/is-open", "/opt/is-really-open"}),
               boost::test_tools::per_element());
    BOOST_TEST(h.timeline() == Texts{"open"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_store_in_trouble_is_waited_for) {
    Reloading h;
    h.entry("minutely", rule_of("* * * * *"), "{{ now | date('%H:%M') }}");
    h.start();
    h.time.run_for(90s);
    h.entry("hourly", rule_of("5 * * * *"), "five past");
    h.store.failures.assign(3, Failure{Cause::temporary, "the disk is full", "make room"});
    h.begin_reload();
    h.time.run_for(1s);
    BOOST_TEST(!h.reloaded);
    h.time.run_for(5min);
    BOOST_TEST(h.reloaded);
    BOOST_TEST(h.timeline() == (Texts{"12:01", "12:02", "12:03", "12:04", "12:05", "five past", "12:06"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_stop_in_the_middle_loses_nothing) {
    Reloading h;
    add_account(h, "art");
    h.server.latency = 10s;
    posting_source(h, "blog");
    h.start();
    h.time.run_for(1min);
    engine::PostOrder order;
    order.account = "art";
    order.status = "in hand";
    order.key = "1";
    (void)h.hand_in(std::move(order));
    h.time.run_for(2s);
    h.settings.accounts.erase("art");
    h.settings.sources.clear();
    h.begin_reload();
    h.time.run_for(1s);
    h.stop();
    BOOST_TEST((post_with(h, "in hand").state == PostState::published));
    h.start();
    h.time.run_for(1min);
    BOOST_TEST(h.server.statuses.size() == 2U);
}

BOOST_AUTO_TEST_CASE(visitors_are_waited_for_and_wait) {
    Reloading h;
    h.start();
    std::optional<engine::Engine::Visit> first;
    boost::asio::co_spawn(h.context, h.engine->visit(), [&](std::exception_ptr, engine::Engine::Visit visit) {
        first.emplace(std::move(visit));
    });
    h.time.run_while([&] { return !first; });
    posting_source(h, "blog");
    h.begin_reload();
    h.time.run_for(1s);
    BOOST_TEST(!h.reloaded);
    bool in = false;
    boost::asio::co_spawn(h.context, h.engine->visit(),
                          [&](std::exception_ptr, const engine::Engine::Visit&) {
                              in = true;
                              BOOST_TEST(h.engine->sources().size() == 1U);
                          });
    h.time.run_for(1s);
    BOOST_TEST(!in);
    first.reset();
    h.time.run_for(1s);
    BOOST_TEST(h.reloaded);
    BOOST_TEST(in);
}

BOOST_AUTO_TEST_CASE(whoever_is_to_be_told_may_change) {
    Reloading h;
    ToldPerson first;
    ToldPerson second;
    h.world.alerters_for = [&](const AlertSettings& alerts) {
        return alerts.command.empty() ? std::vector<Alerter*>{} : std::vector<Alerter*>{&second};
    };
    h.server.good_token = "another";
    h.start();
    h.post("one", "1");
    h.time.run_for(1min);
    h.settings.alerts.command = {"/usr/local/bin/notify"};
    h.reload();
    h.time.run_for(1min);
    BOOST_TEST(first.told.empty());
    BOOST_TEST(second.told == Texts{"account:news"}, boost::test_tools::per_element());
    h.settings.accounts.erase("news");
    add_account(h, "art");
    h.reload();
    h.time.run_for(1min);
    BOOST_TEST(second.told == (Texts{"account:news", "account:news is over", "account:art"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(while_the_store_is_in_trouble_people_may_look) {
    Reloading h;
    SourceSettings& source = posting_source(h, "blog");
    source.delay = 2h;
    h.start();
    h.time.run_for(1min);
    h.settings.sources.clear();
    h.store.failures.assign(20, Failure{Cause::temporary, "the disk is full", "make room"});
    h.begin_reload();
    h.time.run_for(5s);
    BOOST_TEST(!h.reloaded);
    bool in = false;
    boost::asio::co_spawn(h.context, h.engine->visit(),
                          [&](std::exception_ptr, const engine::Engine::Visit&) { in = true; });
    h.time.run_for(3s);
    BOOST_TEST(in);
    h.time.run_for(5min);
    BOOST_TEST(h.reloaded);
    BOOST_TEST((h.store.post(1).state == PostState::held));
}

BOOST_AUTO_TEST_CASE(a_daemon_that_wrote_nothing_for_hours_was_not_away) {
    Reloading h;
    h.start();
    h.post("first", "1");
    h.time.run_for(1min);
    for (int i = 0; i < 600 && h.time.now() - h.store.states.last_alive < 20min; ++i)
        h.time.run_for(1min);
    BOOST_REQUIRE((h.time.now() - h.store.states.last_alive >= 20min));
    add_account(h, "art");
    h.entry("hourly", rule_of("0 * * * *"), "tick").targets[0].account = "art";
    h.reload();
    h.time.run_for(61min);
    const auto art = [&] {
        const auto& all = h.store.states.accounts;
        return *std::find_if(all.begin(), all.end(),
                             [](const AccountState& state) { return state.account == "art"; });
    };
    const AccountState before = art();
    BOOST_TEST(!before.memory.knows_until.has_value());
    BOOST_TEST((before.last_published != Instant{}));
    BOOST_TEST(!before.rate.empty());
    // Nothing that was kept back at the reload is written over that.
    boost::asio::co_spawn(
        h.context, h.engine->pause(*engine::Target::parse("entry:hourly", h.settings), std::nullopt, ""),
        boost::asio::detached);
    h.time.run_for(1min);
    BOOST_TEST((art().last_published == before.last_published));
    BOOST_TEST(!art().memory.knows_until.has_value());
    h.restart();
    h.time.run_for(1min);
    BOOST_TEST((art().last_published == before.last_published));
}

BOOST_AUTO_TEST_CASE(a_server_that_hangs_keeps_no_source_from_hearing) {
    Reloading h;
    h.hook("builds");
    h.start();
    h.time.run_for(1min);
    h.server.latency = 1h;
    h.account("art").server = "https://hangs.example";
    h.hook("releases").targets[0].account = "art";
    h.begin_reload();
    h.time.run_for(1s);
    BOOST_TEST(!h.reloaded); // what the server takes is not known
    BOOST_TEST((h.send("releases", "r1").kind == Hearing::Kind::taken));
    BOOST_TEST((h.send("builds", "b1").kind == Hearing::Kind::taken));
    h.settings.sources[0].delay = 1min;
    h.time.run_for(1min);
    BOOST_TEST(h.reloaded);
    h.begin_reload();
    h.time.run_for(1s);
    BOOST_TEST((h.send("builds", "b2").kind == Hearing::Kind::taken));
}

BOOST_AUTO_TEST_CASE(a_clock_in_doubt_keeps_no_configuration_from_being_taken_up) {
    Reloading h;
    h.entry("minutely", rule_of("* * * * *"), "tick");
    h.start();
    h.time.run_for(10s);
    h.stop();
    h.server.readable = false;
    h.server.latency = 10min; // nobody tells the time
    h.time.jump(-24h * 30);
    h.start();
    h.time.run_for(30s);
    h.settings.keep.posts -= std::chrono::hours{1};
    h.begin_reload();
    h.time.run_for(1min);
    BOOST_TEST(h.reloaded);
}

BOOST_AUTO_TEST_CASE(a_story_that_a_cut_off_look_claimed_is_told_by_another_source) {
    // Cut off at each of its waits in turn.
    for (int step = 0; step < 12; ++step) {
        BOOST_TEST_CONTEXT("cut off after " << step << " waits") {
            Reloading h;
            h.settings.dedupe.emplace();
            h.settings.dedupe->link = true;
            posting_source(h, "first");
            h.start();
            h.time.run_for(1min);
            BOOST_REQUIRE_EQUAL(h.server.statuses.size(), 1U);
            h.other_feeds["first"].add("2", "two");
            h.store.latency = 5s;
            h.time.run_while([&] { return h.other_feeds["first"].polls < 2; });
            h.time.run_for(5s * step + 1s);
            h.settings.sources.clear();
            posting_source(h, "second");
            h.other_feeds["second"].items = h.other_feeds["first"].items;
            h.reload();
            h.store.latency = 200us;
            h.time.run_for(1h);
            BOOST_TEST(h.server.statuses.size() == 2U);
        }
    }
}

BOOST_AUTO_TEST_CASE(what_is_held_by_a_change_and_let_go_again_is_told_of) {
    Reloading h;
    ToldPerson person;
    h.world.alerters = {&person};
    SourceSettings& source = posting_source(h, "blog");
    source.delay = 2h;
    h.start();
    h.time.run_for(1min);
    const std::vector<SourceSettings> before = std::exchange(h.settings.sources, {});
    h.reload();
    h.time.run_for(1min);
    BOOST_TEST(person.told == Texts{"account:news"}, boost::test_tools::per_element());
    h.settings.sources = before;
    h.reload();
    h.time.run_for(1min);
    BOOST_TEST(person.told == (Texts{"account:news", "account:news is over"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_difference_is_what_is_said_and_not_where) {
    Reloading h;
    h.source("blog");
    h.entry("hourly", rule_of("0 * * * *"), "hello");
    const Settings before = h.settings;
    h.settings.sources[0].place.line = 17;
    h.settings.schedule[0].targets[0].post = Harness::text("hello");
    BOOST_TEST(engine::difference_of(before, h.settings).empty());
    BOOST_TEST(engine::to_text(engine::difference_of(before, h.settings)) == "nothing");
    h.settings.schedule[0].targets[0].post = Harness::text("hello, world");
    h.source("art");
    h.settings.sources[0].poll = 1h;
    h.account("news").limits.per_day = 3;
    h.settings.fuse.posts = 3;
    BOOST_TEST(
        engine::to_text(engine::difference_of(before, h.settings)) ==
        "account news changed, source art added, source blog changed, entry hourly changed, what is said "
        "for all changed");
}

BOOST_AUTO_TEST_CASE(a_source_that_is_to_be_looked_at_more_often_is_so_from_now_on) {
    Reloading h;
    posting_source(h, "blog").poll = 6h;
    h.start();
    h.time.run_for(10min);
    BOOST_TEST(h.other_feeds["blog"].polls == 1U);
    h.settings.sources[0].poll = 15min;
    h.reload();
    h.time.run_for(30min);
    BOOST_TEST(h.other_feeds["blog"].polls >= 2U);
}

BOOST_AUTO_TEST_SUITE_END()
