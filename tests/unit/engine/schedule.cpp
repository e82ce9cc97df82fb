#include "support/engine_harness.hpp"

using namespace crier;
using namespace crier::test;

namespace {

schedule::Rule cron(const char* text) {
    return *schedule::Cron::parse(text);
}

} // namespace

BOOST_AUTO_TEST_SUITE(engine_schedule)

BOOST_AUTO_TEST_CASE(a_cron_entry_fires_on_the_minute) {
    Harness h;
    h.entry("hourly", cron("30 * * * *"), "It is {{ now | date('%H:%M') }}.");
    h.start();
    h.time.run_for(3h);
    BOOST_TEST(h.timeline() == (std::vector<std::string>{"It is 12:30.", "It is 13:30.", "It is 14:30."}),
               boost::test_tools::per_element());
    BOOST_TEST((h.server.statuses[0].created - *from_rfc3339("2026-11-24T12:30:00Z") < 1s));
}

BOOST_AUTO_TEST_CASE(a_new_entry_has_no_past) {
    Harness h;
    h.entry("daily", cron("0 11 * * *"), "hello");
    h.start();
    h.time.run_for(22h);
    BOOST_TEST(h.server.statuses.empty());
    BOOST_TEST(h.store.posts.empty());
}

BOOST_AUTO_TEST_CASE(an_occurrence_is_posted_once_over_restarts) {
    Harness h;
    h.entry("hourly", cron("0 * * * *"), "{{ now | date('%H') }}");
    h.start();
    for (int i = 0; i < 20; ++i) {
        h.time.run_for(17min);
        h.restart();
    }
    h.time.run_for(10s);
    BOOST_TEST(h.timeline() == (std::vector<std::string>{"13", "14", "15", "16", "17"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_came_due_while_it_was_down_follows_the_missed_policy) {
    const struct {
        Missed policy;
        std::vector<std::string> posted;
    } cases[] = {{Missed::skip, {}}, {Missed::latest, {"16"}}, {Missed::all, {"15", "16"}}};
    for (const auto& one : cases) {
        Harness h;
        EntrySettings& entry = h.entry("hourly", cron("0 * * * *"), "{{ now | date('%H') }}");
        entry.missed.policy = one.policy;
        entry.missed.within = 90min;
        h.start();
        h.time.run_for(30min);
        h.stop();
        h.time.run_for(4h - 10min); // until 16:20
        h.start();
        h.time.run_for(10s);
        BOOST_TEST(h.timeline() == one.posted, boost::test_tools::per_element());
        std::size_t missed = 0;
        for (const Post& post : h.store.posts)
            missed += post.state == PostState::expired && post.reason == "missed" ? 1U : 0U;
        BOOST_TEST(missed >= 1U); // a missed occurrence leaves a row
    }
}

BOOST_AUTO_TEST_CASE(an_at_entry_fires_once_and_a_late_one_follows_missed) {
    Harness h;
    schedule::At at;
    at.instants = {h.time.now() - 30min, h.time.now() + 1h};
    h.entry("launch", at, "{{ now | date('%H:%M') }}");
    h.start();
    h.time.run_for(1min);
    BOOST_TEST(h.timeline() == std::vector<std::string>{"11:30"}, boost::test_tools::per_element());
    h.restart();
    h.time.run_for(2h);
    h.restart();
    h.time.run_for(2h);
    BOOST_TEST(h.timeline() == (std::vector<std::string>{"11:30", "13:00"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_clock_that_stood_in_the_future_neither_doubles_nor_mutes_an_entry) {
    Harness h;
    h.entry("hourly", cron("0 * * * *"), "{{ now | date('%d %H') }}");
    h.start();
    h.time.run_for(90min);
    h.time.jump(24h * 365 * 12);
    h.time.run_for(1min);
    h.time.jump(-24h * 365 * 12);
    h.restart();
    h.time.run_for(2h);
    std::vector<std::string> today;
    for (const std::string& text : h.timeline())
        if (text.compare(0, 3, "24 ") == 0)
            today.push_back(text);
    BOOST_TEST(today == (std::vector<std::string>{"24 13", "24 14", "24 15"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_late_or_retried_post_reads_as_it_should_have) {
    Harness h;
    h.entry("hourly", cron("0 * * * *"), "{{ now | date('%H:%M:%S') }}");
    h.server.faults = {Fault::not_sent, Fault::not_sent, Fault::not_sent, Fault::lost_before};
    h.start();
    h.time.run_for(90min);
    BOOST_TEST(h.timeline() == std::vector<std::string>{"13:00:00"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_post_past_its_expiry_is_not_sent) {
    Harness h;
    EntrySettings& entry = h.entry("hourly", cron("0 13 * * *"), "x");
    entry.expires_after = 10min;
    h.server.faults = {Fault::limited};
    h.server.limit_wait = 1h;
    h.start();
    h.time.run_for(3h);
    BOOST_TEST(h.server.statuses.empty());
    BOOST_TEST((h.store.post(1).state == PostState::expired));
}

BOOST_AUTO_TEST_CASE(upcoming_lists_what_fires_next_in_order) {
    Harness h;
    h.entry("a", cron("0 * * * *"), "x");
    h.entry("b", schedule::Every{45min, Duration{}}, "x");
    h.start();
    h.time.run_for(1s);
    const auto next = h.engine->upcoming(4);
    BOOST_REQUIRE(next.size() == 4U);
    BOOST_TEST(next[0].entry == "b");
    BOOST_TEST(to_rfc3339(next[0].due) == "2026-11-24T12:45:00Z");
    BOOST_TEST(next[1].entry == "a");
}

BOOST_AUTO_TEST_CASE(a_clock_that_was_years_ahead_mutes_nothing_when_it_comes_back) {
    Harness h;
    h.entry("hourly", cron("0 * * * *"), "{{ now | date('%F %H') }}").missed.policy = Missed::skip;
    h.source("blog");
    h.start();
    h.time.run_for(90min);
    const std::size_t before = h.timeline().size();
    BOOST_TEST(before == 1U);
    h.time.jump(24h * 365 * 12);
    h.time.run_for(1s); // it fires, and looks, in 2038
    h.time.jump(-24h * 365 * 12);
    const std::size_t polls = h.feed.polls;
    h.time.run_for(2h);
    BOOST_TEST(h.timeline().size() >= before + 2);
    BOOST_TEST(h.feed.polls > polls);
}

BOOST_AUTO_TEST_CASE(a_stop_that_comes_before_the_start_is_done_ends_it) {
    Harness h;
    h.entry("hourly", cron("0 * * * *"), "hello");
    h.store.latency = 1s;
    h.engine = std::make_unique<engine::Engine>(h.context.get_executor(), h.settings, h.world);
    bool ended = false;
    boost::asio::co_spawn(
        h.context,
        [](engine::Engine& engine) -> boost::asio::awaitable<void> {
            const Result<> begun = co_await engine.begin();
            BOOST_TEST(begun.has_value());
            co_await engine.run();
        }(*h.engine),
        [&](std::exception_ptr) { ended = true; });
    h.context.restart();
    h.context.poll();
    h.engine->stop();
    h.time.run_for(1min);
    BOOST_TEST(ended);
    h.engine.reset();
}

BOOST_AUTO_TEST_CASE(a_single_run_waits_for_a_store_that_is_busy_for_a_moment) {
    Harness h;
    h.entry("hourly", cron("0 * * * *"), "hello");
    (void)h.once();
    h.time.run_for(70min);
    for (int i = 0; i < 3; ++i)
        h.store.failures.push_back(Failure{Cause::temporary, "database is locked"});
    const engine::OnceReport report = h.once();
    BOOST_TEST(!report.store_failed);
    BOOST_TEST(report.unfinished == 0U);
    BOOST_TEST(h.timeline().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_single_run_says_so_when_the_store_stays_broken) {
    Harness h;
    h.entry("hourly", cron("0 * * * *"), "hello");
    (void)h.once();
    h.time.run_for(70min);
    for (int i = 0; i < 100'000; ++i)
        h.store.failures.push_back(Failure{Cause::temporary, "disk full"});
    BOOST_TEST(h.once().store_failed);
    h.store.failures.clear();
    (void)h.once();
    BOOST_TEST(h.timeline().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_single_run_stays_for_what_is_due_when_the_server_comes_back_within_minutes) {
    Harness h;
    h.entry("hourly", cron("0 * * * *"), "hello").jitter = 30min;
    (void)h.once();
    h.time.run_for(59min);
    (void)h.once();
    h.time.run_for(1min);
    (void)h.once(); // fires, and waits for its jitter
    h.time.run_for(31min);
    h.server.faults = {Fault::not_sent, Fault::not_sent};
    (void)h.once();
    BOOST_TEST(h.timeline().size() == 1U);
}

/// So that when it is due only its attempt is to be recorded.
BOOST_AUTO_TEST_CASE(a_post_is_in_the_outbox_shortly_before_it_is_due_and_leaves_when_it_is) {
    constexpr Duration shortly = engine::Planner::head_start / 2;
    Harness h;
    h.entry("hourly", cron("0 * * * *"), "{{ counter }}");
    h.entry("asks", cron("0 * * * *"), "asks").only_if.emplace().command = {"/opt/is-open"};
    h.start();
    h.time.run_for(1h - engine::Planner::head_start - 10ms);
    BOOST_TEST(h.store.posts.empty());
    h.time.run_for(10ms + shortly);
    BOOST_REQUIRE(h.store.posts.size() == 1U); // what asks the world does so when it is due
    BOOST_TEST((h.store.posts[0].due == *from_rfc3339("2026-11-24T13:00:00Z")));
    BOOST_TEST(h.server.statuses.empty());
    h.restart(); // in between: nothing is made or counted twice
    h.time.run_for(1h);
    BOOST_TEST(h.timeline().size() == 2U);
    BOOST_TEST((h.server.statuses.at(0).created >= *from_rfc3339("2026-11-24T13:00:00Z")));
    h.time.run_for(1h);
    std::vector<std::string> counted;
    for (const std::string& text : h.timeline())
        if (text != "asks")
            counted.push_back(text);
    BOOST_TEST(counted == (std::vector<std::string>{"1", "2"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_single_run_takes_nothing_before_its_time) {
    Harness h;
    h.entry("hourly", cron("0 * * * *"), "hello");
    (void)h.once();
    h.time.run_for(1h - engine::Planner::head_start / 2);
    (void)h.once();
    BOOST_TEST(h.store.posts.empty());
}

BOOST_AUTO_TEST_SUITE_END()
