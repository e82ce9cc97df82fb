#include "support/engine_harness.hpp"

using namespace crier;
using namespace crier::test;

BOOST_AUTO_TEST_SUITE(engine_lane)

BOOST_AUTO_TEST_CASE(a_dead_token_holds_the_lane_and_a_rotated_one_lets_it_go_on) {
    Harness h;
    h.server.good_token = "new token";
    h.start();
    const PostId id = h.post("hello", "k1");
    h.time.run_for(1min);
    BOOST_TEST(h.server.statuses.empty());
    BOOST_TEST(h.engine->lanes()[0].state.state == "held");
    BOOST_TEST(h.log.count("account.held") == 1U);
    const std::size_t requests = h.server.requests;
    h.time.run_for(10min);
    BOOST_TEST(h.server.requests == requests); // a held lane is silent
    h.token = "new token";
    h.time.run_for(5s);
    BOOST_TEST((h.store.post(id).state == PostState::published));
    BOOST_TEST(h.log.first("account.resumed") == "news goes on: there is a new token");
}

BOOST_AUTO_TEST_CASE(without_a_token_the_lane_is_held_and_nothing_counts_as_an_attempt) {
    Harness h;
    h.token.clear();
    h.start();
    const PostId id = h.post("hello", "k1");
    h.time.run_for(1h);
    BOOST_TEST((h.store.post(id).state == PostState::ready));
    BOOST_TEST(h.store.post(id).attempts == 0);
    BOOST_TEST(h.store.all_attempts.empty());
    BOOST_TEST(h.log.first("account.held") == "news is held: the token file is not there. put it there");
    BOOST_TEST(h.log.count("account.held") == 1U);
    h.token = "token";
    h.time.run_for(1min);
    BOOST_TEST((h.timeline() == std::vector<std::string>{"hello"}));
    BOOST_TEST(h.store.all_attempts.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_token_that_works_again_by_itself_is_found_by_a_rare_look) {
    Harness h;
    h.server.good_token = "other";
    h.start();
    const PostId id = h.post("hello", "k1");
    h.time.run_for(1min);
    h.server.good_token = "token";
    h.time.run_for(31min);
    BOOST_TEST((h.store.post(id).state == PostState::published));
}

BOOST_AUTO_TEST_CASE(one_dead_token_does_not_stop_another_account) {
    Harness h;
    h.account("second");
    h.server.faults = {Fault::forbidden};
    h.start();
    engine::PostOrder order;
    order.account = "news";
    order.status = "one";
    order.key = "1";
    boost::asio::co_spawn(h.context, h.engine->post(order), boost::asio::detached);
    h.time.run_for(1s);
    order.account = "second";
    order.status = "two";
    boost::asio::co_spawn(h.context, h.engine->post(order), boost::asio::detached);
    h.time.run_for(10s);
    BOOST_TEST(h.timeline() == std::vector<std::string>{"two"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_reply_from_a_stranger_holds_the_lane_over_restarts_until_a_person_says_so) {
    Harness h;
    h.settings.accounts["news"].handle = "news";
    h.server.account_name = "private_me";
    h.start();
    (void)h.post("one", "k1");
    const PostId second = h.post("two", "k2");
    h.time.run_for(2h);
    BOOST_TEST(h.server.statuses.size() == 1U);
    h.restart();
    h.time.run_for(2h);
    BOOST_TEST(h.server.statuses.size() == 1U);
    BOOST_TEST(h.engine->lanes()[0].state.state == "held");
    // The handle was wrong, not the token.
    h.stop();
    h.settings.accounts["news"].handle = "private_me";
    h.start();
    h.time.run_for(10s);
    BOOST_TEST((h.store.post(second).state == PostState::published));
}

BOOST_AUTO_TEST_CASE(a_scheduled_post_goes_before_a_backlog) {
    Harness h;
    h.start();
    h.time.run_for(1s);
    Batch batch;
    for (int i = 0; i < 100; ++i) {
        Post post;
        post.key = digest_of(std::to_string(i));
        post.account = "news";
        post.state = PostState::ready;
        post.due = post.next = h.time.now();
        post.content.status = "backlog " + std::to_string(i);
        batch.insert.push_back(post);
    }
    h.put(std::move(batch));
    (void)h.post("urgent", "k1"); // rings the lane
    h.time.run_for(1s);
    const std::vector<std::string> timeline = h.timeline();
    BOOST_REQUIRE(timeline.size() > 3U);
    BOOST_TEST((std::find(timeline.begin(), timeline.begin() + 3, "urgent") != timeline.begin() + 3));
}

BOOST_AUTO_TEST_CASE(a_budget_that_is_spent_is_waited_for_instead_of_drawing_a_429) {
    Harness h;
    h.start();
    h.time.run_for(1s);
    h.server.remaining = 2;
    h.server.limit_wait = 10min;
    for (int i = 0; i < 4; ++i)
        (void)h.post(std::to_string(i), "k" + std::to_string(i));
    h.time.run_for(1min);
    BOOST_TEST(h.server.statuses.size() == 2U);
    h.time.run_for(10min);
    BOOST_TEST(h.server.statuses.size() == 4U);
    BOOST_TEST(h.log.count("account.limited") == 0U);
}

BOOST_AUTO_TEST_CASE(media_are_fetched_uploaded_awaited_and_forgotten) {
    Harness h;
    h.server.faults = {Fault::pending_media};
    h.start();
    h.time.run_for(1s);
    Post post;
    post.key = digest_of("p");
    post.account = "news";
    post.state = PostState::ready;
    post.origin.kind = OriginKind::source;
    Media media;
    media.url = "https://blog.example/a.png";
    media.alt = "a";
    post.content.media.push_back(media);
    Batch batch;
    batch.insert.push_back(post);
    h.put(std::move(batch));
    (void)h.post("wake", "k");
    h.time.run_for(10s);
    BOOST_TEST((h.store.post(1).state == PostState::published));
    BOOST_TEST(h.media.fetches.size() == 1U);
    BOOST_TEST(h.server.uploads.size() == 1U);
    BOOST_TEST(h.media.forgotten.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_paused_account_rests_and_goes_on_by_itself_when_its_time_is_over) {
    Harness h;
    h.start();
    h.time.run_for(1s);
    engine::Target target;
    target.kind = engine::Target::Kind::account;
    target.name = "news";
    boost::asio::co_spawn(h.context, h.engine->pause(target, Duration{1h}, "moving house"),
                          boost::asio::detached);
    h.time.run_for(1s);
    const PostId id = h.post("hello", "k1");
    h.time.run_for(30min);
    BOOST_TEST((h.store.post(id).state == PostState::ready));
    h.restart(); // a pause outlasts the daemon
    h.time.run_for(10min);
    BOOST_TEST(h.server.statuses.empty());
    h.time.run_for(30min);
    BOOST_TEST((h.store.post(id).state == PostState::published));
}

BOOST_AUTO_TEST_CASE(an_idle_daemon_waits_for_nothing) {
    Harness h;
    h.start();
    h.time.run_for(1s);
    const std::size_t commits = h.store.commits();
    std::size_t steps = 0;
    const Instant end = h.time.now() + 24h;
    while (h.time.step(end))
        ++steps;
    BOOST_TEST(steps == 0U);
    BOOST_TEST(h.store.commits() == commits);
}

BOOST_AUTO_TEST_CASE(what_went_to_a_stranger_is_not_risked_again_by_a_restart_and_a_ring) {
    Harness h;
    h.account("news").handle = "somebody-else";
    h.start();
    h.post("one", "k1");
    h.time.run_for(1min);
    BOOST_TEST(h.timeline().size() == 1U);
    h.restart();
    h.post("two", "k2"); // rings the lane
    h.time.run_for(24h);
    BOOST_TEST(h.timeline().size() == 1U);
    BOOST_TEST(h.log.count("account.resumed") == 0U);
}

BOOST_AUTO_TEST_CASE(a_post_that_is_cancelled_during_its_upload_does_not_go_out) {
    Harness h;
    h.start();
    h.server.latency = 10s;
    h.hand_in_quietly(Harness::picture("with a picture", "/srv/a.png"));
    h.time.run_for(15s); // ten for the server's limits; the upload is on its way
    BOOST_TEST(h.server.uploads.empty());
    Result<Post> cancelled = Failure{};
    boost::asio::co_spawn(h.context, h.engine->act(1, engine::OutboxAction::cancel, false),
                          [&](std::exception_ptr, Result<Post> r) { cancelled = std::move(r); });
    h.time.run_for(24h);
    BOOST_TEST(cancelled.has_value());
    BOOST_TEST((h.store.post(1).state == PostState::cancelled));
    BOOST_TEST(h.timeline().empty());
}

BOOST_AUTO_TEST_CASE(a_server_that_is_away_for_a_day_costs_a_post_neither_its_picture_nor_its_turn) {
    Harness h;
    h.start();
    for (int i = 0; i < 300; ++i)
        h.server.faults.push_back(Fault::not_sent);
    engine::PostOrder order = Harness::picture("with a picture", "/srv/a.png");
    order.media[0].required = false;
    h.hand_in_quietly(std::move(order));
    h.time.run_for(24h * 4);
    BOOST_REQUIRE_EQUAL(h.server.statuses.size(), 1U);
    BOOST_TEST(h.server.statuses.front().media.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_limit_that_is_noted_while_a_pause_is_recorded_is_not_forgotten) {
    Harness h;
    h.start();
    h.server.latency = 10s;
    h.server.faults = {Fault::limited};
    h.post("one", "k1");
    h.post("two", "k2");
    h.time.run_for(19s - (h.time.now() - *from_rfc3339("2026-11-24T12:00:00Z")));
    h.store.latency = 30s; // the reply comes while the store writes the pause
    boost::asio::co_spawn(
        h.context, h.engine->pause(*engine::Target::parse("account:news", h.settings), Duration{1min}, ""),
        [](std::exception_ptr, Result<>) {});
    h.time.run_for(4min);
    BOOST_TEST(h.server.requests == 1U); // the pause is over, the limit is not
    h.time.run_for(20min);
    BOOST_TEST(h.timeline().size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_pause_that_comes_while_the_lane_tries_to_write_again_is_not_overwritten) {
    Harness h;
    h.start();
    h.post("one", "k1");
    h.time.run_for(1min);
    h.post("two", "k2");
    h.store.failures.push_back(Failure{Cause::temporary, "disk full"}); // the lane's record of its attempt
    h.time.run_for(100ms);
    BOOST_REQUIRE(h.store.failures.empty());
    boost::asio::co_spawn(
        h.context,
        h.engine->pause(*engine::Target::parse("account:news", h.settings), std::nullopt, "moving house"),
        [](std::exception_ptr, Result<>) {});
    h.time.run_for(1min);
    BOOST_REQUIRE_EQUAL(h.store.states.accounts.size(), 1U);
    BOOST_TEST(h.store.states.accounts.front().paused);
    h.restart();
    h.post("three", "k3");
    h.time.run_for(1h);
    BOOST_TEST(h.timeline().size() == 2U); // the second was on its way
}

BOOST_AUTO_TEST_CASE(a_probe_that_is_rarer_than_any_limit_stays_rare) {
    Harness h;
    h.account("news").delivery.probe = 24h * 30;
    h.settings.accounts["news"].token.kind =
        TokenRef::Kind::env; // a file would be looked at every two seconds
    h.server.good_token = "another";
    h.start();
    h.post("hello", "k1");
    h.time.run_for(24h * 29);
    BOOST_TEST(h.server.probes == 1U); // of the start
    h.time.run_for(24h * 2);
    BOOST_TEST(h.server.probes == 2U);
}

BOOST_AUTO_TEST_CASE(a_server_that_hangs_keeps_nobody_from_stopping) {
    Harness h;
    h.server.latency = 45s;
    h.start();
    h.time.run_for(1s);
    const Instant asked = h.time.now();
    h.stop();
    BOOST_TEST((h.time.now() - asked < 1s));
    h.server.latency = 0s;
    h.start();
    h.post("hello", "k1");
    h.time.run_for(1min);
    BOOST_TEST(h.server.statuses.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
