#include "desk.hpp"

using namespace crier;
using namespace crier::test;

BOOST_AUTO_TEST_SUITE(admin_why)

BOOST_AUTO_TEST_CASE(an_answer_has_the_fields_that_scripts_read) {
    Desk desk;
    desk.start();
    desk.post("hello", "k1");
    desk.time.run_for(1min);
    const Said said = desk.get("/v1/why", {{"about", "1"}});
    BOOST_TEST(said.status == 200);
    BOOST_TEST(fields_of(said.body) == "kind name chain");
    BOOST_TEST(said.text("kind") == "post");
    BOOST_TEST(said.text("name") == "1");
    const auto& last = said.list("chain").back().as_object();
    BOOST_TEST(fields_of(last) == "step at account post text until then action");
    BOOST_TEST(last.at("step").as_string() == "receipt");
    BOOST_TEST(last.at("at").is_string());
    BOOST_TEST(last.at("account").as_string() == "news");
    BOOST_TEST(last.at("post").as_int64() == 1);
    BOOST_TEST(last.at("until").is_null());
}

BOOST_AUTO_TEST_CASE(what_is_unknown_is_named_with_what_is_near) {
    Desk desk;
    desk.start();
    const Said unknown = desk.get("/v1/why", {{"about", "nwes"}});
    BOOST_TEST(unknown.status == 404);
    BOOST_TEST(unknown.text("error").find("nothing is known of nwes") == 0U);
    BOOST_TEST(unknown.text("hint") == "did you mean news?");
    BOOST_TEST(unknown.number("exit") == 1);
    BOOST_TEST(desk.get("/v1/why").status == 400);
    BOOST_TEST(desk.get("/v1/why", {{"abuot", "1"}}).text("error").find("abuot") != std::string::npos);
    BOOST_TEST(desk.get("/v1/why", {{"about", "1"}, {"about", "2"}}).status == 400);
    BOOST_TEST(desk.ask("POST", "/v1/why").status == 405);
}

BOOST_AUTO_TEST_SUITE_END()
