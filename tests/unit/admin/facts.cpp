#include "desk.hpp"

using namespace crier;
using namespace crier::test;

BOOST_AUTO_TEST_SUITE(admin_facts)

BOOST_AUTO_TEST_CASE(posts_are_counted_on_the_days_of_the_zone_that_is_asked_for) {
    Desk desk;
    desk.start();
    desk.post("hello", "k1");
    desk.time.run_for(13h); // 2026-11-25T01:00Z
    desk.post("again", "k2");
    desk.time.run_for(1min);
    const Said said = desk.get("/v1/stats", {{"days", "2"}});
    BOOST_TEST(said.status == 200);
    BOOST_TEST(fields_of(said.body) == "timezone days lateness");
    BOOST_REQUIRE_EQUAL(said.list("days").size(), 2U);
    const auto& first = said.list("days")[0].as_object();
    BOOST_TEST(fields_of(first) == "date published failed by_account");
    BOOST_TEST(first.at("date").as_string() == "2026-11-24");
    BOOST_TEST(first.at("published").as_int64() == 1);
    BOOST_TEST(first.at("by_account").at("news").as_int64() == 1);
    BOOST_TEST(said.list("days")[1].at("date").as_string() == "2026-11-25");
    const auto& lateness = said.body.at("lateness").as_object();
    BOOST_TEST(fields_of(lateness) == "count p50_ms p90_ms p99_ms max_ms late");
    BOOST_TEST(lateness.at("count").as_int64() == 2);
    // In New York it is still the day before.
    const Said there = desk.get("/v1/stats", {{"days", "1"}, {"timezone", "America/New_York"}});
    BOOST_REQUIRE_EQUAL(there.list("days").size(), 1U);
    BOOST_TEST(there.list("days")[0].at("date").as_string() == "2026-11-24");
    BOOST_TEST(there.list("days")[0].at("published").as_int64() == 2);
}

BOOST_AUTO_TEST_CASE(what_makes_no_sense_of_days_is_refused) {
    Desk desk;
    desk.start();
    for (const std::pair<std::string, std::string> wrong :
         {std::pair{"days", "0"}, std::pair{"days", "367"}, std::pair{"days", "1x"},
          std::pair{"timezone", "Europe/Nowhere"}, std::pair{"day", "3"}})
        BOOST_TEST(desk.get("/v1/stats", {wrong}).status == 400, wrong.first + "=" + wrong.second);
    BOOST_TEST(desk.get("/v1/stats", {{"days", "3"}, {"days", "4"}}).status == 400);
}

BOOST_AUTO_TEST_CASE(a_sources_last_items_with_what_came_of_them) {
    Desk desk;
    desk.feed.add("1", "One");
    desk.source("blog").first_run.publish.reset();
    desk.start();
    desk.time.run_for(1min);
    desk.feed.add("2", "Two");
    desk.time.run_for(20min);
    const Said said = desk.get("/v1/sources/blog/items");
    BOOST_TEST(said.status == 200);
    BOOST_TEST(fields_of(said.body) == "source items");
    BOOST_REQUIRE_EQUAL(said.list("items").size(), 2U);
    const auto& newest = said.list("items")[0].as_object();
    BOOST_TEST(fields_of(newest) == "id title link seen verdict posts accounts");
    BOOST_TEST(newest.at("title").as_string() == "Two");
    BOOST_TEST(newest.at("link").as_string() == "https://blog.example/2");
    BOOST_REQUIRE_EQUAL(newest.at("posts").as_array().size(), 1U);
    BOOST_TEST(desk.store.post(newest.at("posts").at(0).as_int64()).content.status ==
               "Two https://blog.example/2");
    BOOST_TEST(desk.get("/v1/sources/blog/items", {{"limit", "1"}}).list("items").size() == 1U);
    BOOST_TEST(desk.get("/v1/sources/nope/items").status == 404);
    BOOST_TEST(desk.get("/v1/sources//items").status == 404);
    BOOST_TEST(desk.get("/v1/sources/blog").status == 404);
    BOOST_TEST(desk.post_to("/v1/sources/blog/items").status == 405);
    // After a restart as before: the store has it.
    desk.restart();
    BOOST_TEST(desk.get("/v1/sources/blog/items").list("items").size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
