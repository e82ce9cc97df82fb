#include "desk.hpp"

using namespace crier;
using namespace crier::test;

BOOST_AUTO_TEST_SUITE(admin_health)

BOOST_AUTO_TEST_CASE(a_daemon_whose_store_answers_is_alive) {
    Desk desk;
    desk.start();
    const Said well = desk.get("/healthz");
    BOOST_TEST(well.status == 200);
    BOOST_TEST(boost::json::serialize(well.body) == R"({"ok":true})");
}

BOOST_AUTO_TEST_CASE(a_store_that_hangs_is_told_within_seconds_and_asked_once) {
    Desk desk;
    desk.start();
    desk.time.run_for(1min);
    desk.store.latency = 20s;
    admin::Api api{*desk.engine, desk.time, true};
    const auto look = [&] {
        LocalRequest request;
        request.method = "GET";
        request.path = "/healthz";
        std::optional<LocalResponse> answer;
        boost::asio::co_spawn(desk.context, api.handle(std::move(request)),
                              [&](std::exception_ptr, LocalResponse r) { answer = std::move(r); });
        desk.context.restart(); // what needs no time takes none
        while (!answer && desk.context.poll_one() > 0) {
        }
        desk.time.run_while([&] { return !answer; });
        return *answer;
    };
    const Mono begin = desk.time.mono();
    const LocalResponse slow = look();
    BOOST_TEST(slow.status == 503);
    BOOST_TEST(slow.body == R"({"ok":false,"why":"the store does not answer"})");
    BOOST_TEST((desk.time.mono() - begin >= 5s && desk.time.mono() - begin < 20s));
    BOOST_TEST(look().status == 503);
    BOOST_TEST((desk.time.mono() - begin < 20s));
    desk.store.latency = 200us;
    desk.time.run_for(20s);
    BOOST_TEST(look().status == 200);
}

BOOST_AUTO_TEST_CASE(two_who_look_at_once_are_both_answered) {
    Desk desk;
    desk.start();
    admin::Api api{*desk.engine, desk.time, true};
    std::vector<int> answers;
    for (int i = 0; i < 2; ++i) {
        LocalRequest request;
        request.method = "GET";
        request.path = "/healthz";
        boost::asio::co_spawn(desk.context, api.handle(std::move(request)),
                              [&](std::exception_ptr, LocalResponse r) { answers.push_back(r.status); });
    }
    desk.time.run_while([&] { return answers.size() < 2; });
    BOOST_TEST(answers == std::vector<int>({200, 200}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(it_is_ready_when_it_posts_and_says_who_cannot) {
    Desk desk;
    desk.token = "s3cr3t";
    desk.server.good_token = "another";
    desk.feed.failures.push_back(Failure{Cause::network, "blog.example: connection refused"});
    desk.source("blog");
    desk.start();
    desk.post("hello", "k1");
    desk.time.run_for(1min);
    const Said said = desk.get("/readyz");
    BOOST_TEST(said.status == 200);
    BOOST_TEST(said.body.at("ready").as_bool());
    const auto& degraded = said.list("degraded");
    BOOST_REQUIRE(!degraded.empty());
    BOOST_TEST(degraded.back().at("source").as_string() == "blog");
    BOOST_TEST(degraded.back().at("why").as_string() == "blog.example: connection refused");
    BOOST_TEST(degraded.front().at("why").as_string().starts_with("held: "));
}

BOOST_AUTO_TEST_CASE(without_a_store_that_can_be_written_it_is_not_ready) {
    Desk desk;
    desk.start();
    desk.post("hello", "k1");
    for (int i = 0; i < 1000; ++i)
        desk.store.failures.push_back(Failure{Cause::temporary, "the disk is full"});
    desk.time.run_for(1min);
    const Said said = desk.get("/readyz");
    BOOST_TEST(said.status == 503);
    BOOST_TEST(said.text("why") == "the disk is full: nothing is sent until it can be recorded");
    BOOST_TEST(desk.get("/healthz").status == 200);
}

BOOST_AUTO_TEST_CASE(before_it_runs_it_is_not_ready) {
    Desk desk;
    desk.engine = std::make_unique<engine::Engine>(desk.context.get_executor(), desk.settings, desk.world);
    BOOST_TEST(desk.get("/readyz").status == 503);
    desk.engine.reset();
}

BOOST_AUTO_TEST_SUITE_END()
