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

/// One interface that is asked again and again, as a container's probes do.
class Probes : public Desk {
public:
    LocalResponse look(const char* path) {
        if (!api_)
            api_.emplace(*engine, time, true);
        LocalRequest request;
        request.method = "GET";
        request.path = path;
        std::optional<LocalResponse> answer;
        boost::asio::co_spawn(context, api_->handle(std::move(request)),
                              [&](std::exception_ptr, LocalResponse r) { answer = std::move(r); });
        context.restart(); // what needs no time takes none
        while (!answer && context.poll_one() > 0) {
        }
        time.run_while([&] { return !answer; });
        return *answer;
    }

private:
    std::optional<admin::Api> api_;
};

BOOST_AUTO_TEST_CASE(a_store_that_is_busy_is_no_reason_to_restart_and_one_that_hangs_is) {
    Probes desk;
    desk.start();
    desk.time.run_for(1min);
    desk.store.latency = 100s;
    const Mono begin = desk.time.mono();
    const LocalResponse busy = desk.look("/healthz");
    BOOST_TEST(busy.status == 200);
    BOOST_TEST(busy.body == R"({"ok":true,"why":"the store has not answered for 0 s"})");
    BOOST_TEST((desk.time.mono() - begin < 1s)); // most who look give up after that
    BOOST_TEST(desk.look("/readyz").status == 200);
    desk.time.run_for(10s);
    BOOST_TEST(desk.look("/healthz").status == 200);
    const LocalResponse unready = desk.look("/readyz");
    BOOST_TEST(unready.status == 503);
    BOOST_TEST(unready.body.starts_with(R"({"ready":false,"why":"the store has not answered for 1)"));
    desk.time.run_for(50s);
    const LocalResponse hung = desk.look("/healthz");
    BOOST_TEST(hung.status == 503);
    BOOST_TEST(hung.body.starts_with(R"({"ok":false,"why":"the store has not answered for 6)"));
    desk.store.latency = 200us;
    desk.time.run_for(100s);
    BOOST_TEST(desk.look("/healthz").body == R"({"ok":true})");
    BOOST_TEST(desk.look("/readyz").status == 200);
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

BOOST_AUTO_TEST_CASE(what_the_schedule_cannot_record_makes_it_unready_as_well) {
    Desk desk;
    desk.entry("often", schedule::Rule{schedule::Every{1min, {}}}, "tick");
    desk.start();
    desk.time.run_for(30s);
    desk.store.failures.assign(1000, Failure{Cause::temporary, "the disk is full"});
    desk.time.run_for(1min);
    const Said said = desk.get("/readyz");
    BOOST_TEST(said.status == 503);
    BOOST_TEST(said.text("why") == "the disk is full: the schedule waits until it can be recorded");
    BOOST_TEST(desk.get("/v1/status").text("store") == said.text("why"));
    desk.store.failures.clear();
    desk.time.run_for(1min);
    BOOST_TEST(desk.get("/readyz").status == 200);
    BOOST_TEST(desk.get("/v1/status").text("store").empty());
}

BOOST_AUTO_TEST_CASE(what_somebody_asked_for_and_was_not_recorded_is_tried_by_who_looks_next) {
    Probes desk;
    desk.start();
    desk.time.run_for(1min);
    desk.store.failures.assign(2, Failure{Cause::temporary, "the store is busy"});
    BOOST_TEST(desk.post_to("/v1/posts", R"({"text":"hi","key":"k"})").status == 503);
    const LocalResponse said = desk.look("/readyz");
    BOOST_TEST(said.status == 503);
    BOOST_TEST(said.body == R"({"ready":false,"why":"the store is busy"})");
    desk.time.run_for(1s); // the first try fails, too
    BOOST_TEST(desk.look("/readyz").status == 503);
    desk.time.run_for(10s);
    BOOST_TEST(desk.look("/readyz").status == 503);
    desk.time.run_for(1s);
    BOOST_TEST(desk.look("/readyz").status == 200);
}

BOOST_AUTO_TEST_CASE(before_it_runs_it_is_not_ready) {
    Desk desk;
    desk.engine = std::make_unique<engine::Engine>(desk.context.get_executor(), desk.settings, desk.world);
    BOOST_TEST(desk.get("/readyz").status == 503);
    desk.engine.reset();
}

BOOST_AUTO_TEST_SUITE_END()
