#include "support/engine_harness.hpp"

using namespace crier;
using namespace crier::test;

namespace {

/// It ran until 14:00, and starts again on a clock that says 10:00.
void come_back_in_the_past(Harness& h) {
    h.entry("hourly", *schedule::Cron::parse("0 * * * *"), "{{ now | date('%H') }}");
    h.start();
    h.time.run_for(121min);
    h.stop();
    BOOST_REQUIRE_EQUAL(h.timeline().size(), 2U);
    h.time.jump(-4h);
}

} // namespace

BOOST_AUTO_TEST_SUITE(engine_clock)

BOOST_AUTO_TEST_CASE(a_clock_behind_the_last_life_sends_and_fires_nothing_until_it_is_right) {
    Harness h;
    come_back_in_the_past(h);
    h.start();
    (void)h.post("by hand", "k");
    h.time.run_for(3h); // by this clock 11:00, 12:00 and 13:00 come
    BOOST_TEST(h.timeline().size() == 2U);
    const engine::LaneView lane = h.engine->lanes().at(0);
    BOOST_TEST(lane.waits == "clock");
    BOOST_TEST(lane.waits_why ==
               "the clock says 2026-11-24T10:01:00Z, and the server's is 2026-11-24T14:01:00Z");
    BOOST_TEST(h.log.count("clock.in_doubt") == 1U);
    BOOST_TEST(h.log.count("clock.wrong") == 1U);
    h.time.jump(4h);
    h.time.run_for(2min);
    // 15:00 and 16:00 were missed; the policy's hour is over for the first.
    BOOST_TEST(h.timeline().size() >= 3U);
    BOOST_TEST(h.timeline()[2] == "by hand");
    BOOST_TEST(h.log.count("clock.right") == 1U);
}

BOOST_AUTO_TEST_CASE(a_server_that_agrees_settles_the_doubt_at_once) {
    Harness h;
    come_back_in_the_past(h);
    h.server.ahead = -4h; // the last life's clock was wrong
    const std::size_t before = h.server.profiles;
    h.start();
    h.time.run_for(1s);
    BOOST_TEST(h.server.profiles == before + 1);
    BOOST_TEST(h.engine->lanes().at(0).waits.empty());
    h.time.run_for(30min);
    BOOST_TEST(h.server.profiles == before + 1);
}

BOOST_AUTO_TEST_CASE(a_person_may_say_that_the_clock_is_right) {
    Harness h;
    come_back_in_the_past(h);
    h.start();
    h.time.run_for(1min);
    bool done = false;
    boost::asio::co_spawn(h.context, h.engine->resume(*engine::Target::parse("news", h.settings)),
                          [&](std::exception_ptr, Result<> r) { done = r.has_value(); });
    h.time.run_for(1s);
    BOOST_TEST(done);
    (void)h.post("by hand", "k");
    h.time.run_for(1min);
    BOOST_TEST(h.timeline().size() == 3U);
}

BOOST_AUTO_TEST_CASE(a_server_minutes_off_holds_its_accounts_alone_and_they_go_on_by_themselves) {
    Harness h;
    h.start();
    (void)h.post("one", "1");
    h.time.run_for(1min);
    h.server.ahead = 6min;
    h.time.run_for(1min);
    (void)h.post("two", "2");
    h.time.run_for(10min); // the reply to it says that the clocks differ
    (void)h.post("three", "3");
    h.time.run_for(10min);
    BOOST_TEST(h.timeline().size() == 2U);
    BOOST_TEST(h.engine->lanes().at(0).waits == "clock");
    BOOST_TEST(h.server.profiles <= 24U); // once a minute
    h.server.ahead = 1min;
    h.time.run_for(2min);
    BOOST_TEST(h.timeline().size() == 3U);
}

BOOST_AUTO_TEST_CASE(what_one_account_hears_of_the_clock_holds_all_of_its_server) {
    Harness h;
    for (const char* name : {"second", "third", "fourth"})
        h.account(name);
    h.start();
    for (const auto& [name, settings] : h.settings.accounts)
        for (int i = 0; i < 2; ++i) {
            engine::PostOrder order;
            order.account = name;
            order.status = order.key = name + std::to_string(i);
            order.at = h.time.now() + 24h; // not before tomorrow, and the clock is about to say that it is
            h.hand_in_quietly(std::move(order));
        }
    h.time.run_for(1s);
    h.stop();
    h.time.jump(25h);
    h.start();
    h.time.run_for(10min);
    BOOST_TEST(h.timeline().empty());
    BOOST_TEST(h.log.count("clock.wrong") == 1U);
    BOOST_TEST(h.server.profiles <= 12U); // once a minute, whoever asks
    for (const engine::LaneView& lane : h.engine->lanes())
        BOOST_TEST(lane.waits == "clock");
    h.time.jump(-25h);
    h.time.run_for(23h);
    BOOST_TEST(h.timeline().empty());
    h.time.run_for(2h);
    BOOST_TEST(h.timeline().size() == 8U);
}

BOOST_AUTO_TEST_CASE(a_single_run_on_a_clock_in_doubt_says_so_and_posts_nothing) {
    Harness h;
    come_back_in_the_past(h);
    const engine::OnceReport report = h.once();
    BOOST_TEST(h.timeline().size() == 2U);
    BOOST_TEST(report.first_trouble.find("news is clock: the clock says") == 0U, report.first_trouble);
}

BOOST_AUTO_TEST_CASE(what_was_handed_in_while_the_clock_was_ahead_does_not_wait_for_that_time) {
    Harness h;
    h.account("news");
    h.start();
    h.time.run_for(1s);
    h.time.jump(24h * 900);
    h.server.faults = {Fault::not_sent, Fault::lost_after};
    const PostId tried = h.post("tried", "k1");
    const PostId second = h.post("second", "k2");
    h.time.run_for(1s);
    const PostId later = h.post("at a time of its own", "k3", h.time.now() + 24h);
    h.time.jump(-24h * 900);
    h.time.run_for(20min);
    BOOST_TEST((h.store.post(tried).state == PostState::published));
    BOOST_TEST((h.store.post(second).state == PostState::published));
    BOOST_TEST((h.store.post(later).state == PostState::waiting));
    BOOST_TEST(h.timeline().size() == 2U);
}

BOOST_AUTO_TEST_CASE(nor_when_the_clock_is_put_right_while_it_does_not_run) {
    Harness h;
    h.account("news");
    h.start();
    h.time.run_for(1s);
    h.time.jump(24h * 900);
    h.server.faults = {Fault::not_sent};
    const PostId id = h.post("by hand", "k1");
    h.stop();
    h.time.jump(-24h * 900);
    h.start();
    h.time.run_for(30min); // the server agrees with the clock
    BOOST_TEST((h.store.post(id).state == PostState::published));
}

BOOST_AUTO_TEST_CASE(a_clock_that_is_set_forward_ends_no_limit) {
    Harness h;
    h.server.faults = {Fault::limited};
    h.start();
    (void)h.post("hello", "k1");
    h.time.run_for(1s);
    const std::size_t before = h.server.requests;
    h.time.jump(5h);
    h.time.run_for(10s);
    BOOST_TEST(h.server.requests == before);
    h.time.run_for(30min);
    BOOST_TEST(h.timeline().size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
