#include "desk.hpp"

using namespace crier;
using namespace crier::test;

namespace {

const char* const two = R"({"account":"news","links":[)"
                        R"({"link":"https://blog.example/a","text":"Title a"},)"
                        R"({"link":"https://blog.example/b"}]})";

} // namespace

BOOST_AUTO_TEST_SUITE(admin_adopt)

BOOST_AUTO_TEST_CASE(links_are_adopted_once_for_all_sources_of_the_account) {
    Desk desk;
    desk.source("blog");
    desk.source("other");
    desk.start();
    const Said said = desk.post_to("/v1/adopt", two);
    BOOST_TEST(said.status == 200);
    BOOST_TEST(fields_of(said.body) == "adopted known sources");
    BOOST_TEST(said.number("adopted") == 2);
    BOOST_TEST(said.list("sources").size() == 2U);
    BOOST_TEST(desk.post_to("/v1/adopt", two).number("known") == 2);
    desk.time.run_for(1s); // looked at
    desk.feed.add("a", "Title a", desk.time.now());
    desk.feed.add("c", "Title c", desk.time.now());
    desk.time.run_for(1h);
    BOOST_TEST(desk.timeline().size() == 2U); // c, by each of them
}

BOOST_AUTO_TEST_CASE(what_makes_no_sense_is_refused_and_adopts_nothing) {
    Desk desk;
    desk.source("blog");
    desk.start();
    std::string many;
    for (int i = 0; i < 501; ++i)
        many +=
            std::string{i > 0 ? "," : ""} + R"({"link":"https://blog.example/)" + std::to_string(i) + "\"}";
    for (const std::string& body :
         {std::string{"{}"}, std::string{R"({"links":1})"},
          std::string{R"({"links":["https://blog.example/a"]})"},
          std::string{R"({"links":[{"text":"no link"}]})"},
          std::string{R"({"links":[{"link":"https://blog.example/a","title":"x"}]})"},
          std::string{R"({"links":[],"dry_run":true})"}, std::string{R"({"links":[],"source":"blgo"})"},
          std::string{R"({"links":[],"account":"nobody"})"}, "{\"links\":[" + many + "]}"}) {
        const Said said = desk.post_to("/v1/adopt", body);
        BOOST_TEST_CONTEXT(body.substr(0, 60)) {
            BOOST_TEST(said.status == 400);
            BOOST_TEST(said.number("exit") == 2);
        }
    }
    BOOST_TEST(desk.post_to("/v1/adopt", two).number("adopted") == 2);
}

BOOST_AUTO_TEST_CASE(posts_are_found_by_their_status) {
    Desk desk;
    desk.start();
    (void)desk.post("one", "k1");
    const PostId id = desk.post("two", "k2");
    desk.time.run_for(1min);
    const std::string status_id = desk.store.post(id).status_id;
    const Said said =
        desk.get("/v1/outbox", {{"account", "news"}, {"status_id", status_id}, {"status_id", "x"}});
    BOOST_REQUIRE(said.list("posts").size() == 1U);
    BOOST_TEST(said.list("posts")[0].at("id").as_int64() == id);
}

BOOST_AUTO_TEST_SUITE_END()
