#include "desk.hpp"

using namespace crier;
using namespace crier::test;

BOOST_AUTO_TEST_SUITE(admin_pause)

BOOST_AUTO_TEST_CASE(a_paused_account_rests_and_goes_on) {
    Desk desk;
    desk.start();
    const Said paused = desk.post_to("/v1/pause", R"({"target": "account:news", "why": "holiday"})");
    BOOST_TEST(paused.status == 200);
    BOOST_TEST(fields_of(paused.body) == "paused in_flight");
    BOOST_TEST(paused.body.at("paused").as_bool());
    desk.post("hello", "k1");
    desk.time.run_for(24h);
    BOOST_TEST(desk.timeline().empty());
    const Said status = desk.get("/v1/status");
    const auto& account = status.list("accounts").front();
    BOOST_TEST(account.at("state").as_string() == "paused");
    BOOST_TEST(account.at("reason").as_string() == "holiday");
    BOOST_TEST(!desk.post_to("/v1/resume", R"({"target": "news"})").body.at("paused").as_bool());
    desk.time.run_for(1min);
    BOOST_TEST(desk.timeline().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_pause_with_a_length_ends_by_itself) {
    Desk desk;
    desk.start();
    BOOST_TEST(desk.post_to("/v1/pause", R"({"for": "2h"})").status == 200);
    BOOST_TEST(desk.get("/v1/status").list("accounts").front().at("until").as_string() ==
               "2026-11-24T14:00:00.0002Z");
    desk.post("hello", "k1");
    desk.time.run_for(119min);
    BOOST_TEST(desk.timeline().empty());
    desk.time.run_for(2min);
    BOOST_TEST(desk.timeline().size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_is_on_its_way_is_named) {
    Desk desk;
    desk.start();
    desk.time.run_for(1s);
    desk.server.latency = 10s;
    const PostId id = desk.post("hello", "k1");
    desk.time.run_for(1s);
    const Said paused = desk.post_to("/v1/pause");
    BOOST_REQUIRE_EQUAL(paused.list("in_flight").size(), 1U);
    BOOST_TEST(paused.list("in_flight").front().as_int64() == id);
}

BOOST_AUTO_TEST_CASE(a_pause_that_makes_no_sense_is_refused_and_nothing_rests) {
    Desk desk;
    desk.source("blog");
    desk.start();
    const auto error = [&](std::string path, std::string body) {
        const Said said = desk.post_to(path, body);
        BOOST_TEST(said.status == 400);
        return said.text("error");
    };
    BOOST_TEST(error("/v1/pause", R"({"for": 7200})") == "`for` must be a string");
    BOOST_TEST(error("/v1/pause", R"({"for": "soon"})") == "`for` must be a duration such as 2h");
    BOOST_TEST(error("/v1/pause", R"({"for": "0s"})") == "`for` must be more than 0");
    BOOST_TEST(error("/v1/pause", R"({"length": "2h"})") == "there is no field `length`");
    BOOST_TEST(error("/v1/pause", R"({"target": "blog", "for": "2h"})") == "--for is for accounts only");
    BOOST_TEST(error("/v1/pause", R"({"target": "nwes"})") ==
               "there is no account, source or entry named nwes");
    BOOST_TEST(error("/v1/resume", R"({"target": "account:blog"})") == "there is no account named blog");
    BOOST_TEST(error("/v1/resume", R"({"target": "news", "for": "2h"})") == "there is no field `for`");
    BOOST_TEST(desk.get("/v1/status").list("accounts").front().at("state").as_string() != "paused");
    BOOST_TEST(desk.get("/v1/status").list("sources").front().at("state").as_string() != "paused");
}

BOOST_AUTO_TEST_SUITE_END()
