#include "desk.hpp"

using namespace crier;
using namespace crier::test;

BOOST_AUTO_TEST_SUITE(admin_routes)

BOOST_AUTO_TEST_CASE(a_path_that_is_not_there_is_404_and_says_which) {
    Desk desk;
    desk.start();
    for (const std::string path :
         {"", "/v1", "/v1/", "/v1/statuses", "/v1/outbox/", "/v1/outbox/x", "/v1/outbox/-1", "/v1/outbox/0",
          "/v1/outbox/1x", "/v1/outbox/1/", "/v1/outbox/1/explode", "/v1/outbox/x/media/1",
          "/v1/sources//items", "/v1/sources/a/b/items", "/v1/outbox/99999999999999999999", "/V1/status"}) {
        const Said said = desk.get(path);
        BOOST_TEST_CONTEXT(path) {
            BOOST_TEST(said.status == 404);
            BOOST_TEST(said.text("error") == "there is nothing at " + path);
            BOOST_TEST(said.number("exit") == 1);
        }
    }
}

BOOST_AUTO_TEST_CASE(an_address_that_is_no_utf8_is_refused_and_not_said_again) {
    Desk desk;
    desk.start();
    for (const Said& said : {desk.get("/v1/\xff"), desk.get("/v1/outbox", {{"account", "a\xc3"}}),
                             desk.get("/v1/outbox", {{"\xed\xa0\x80", "1"}})}) {
        BOOST_TEST(said.status == 400);
        BOOST_TEST(said.text("error") == "the address is not UTF-8");
    }
}

BOOST_AUTO_TEST_CASE(the_wrong_method_is_405_and_names_the_right_one) {
    Desk desk;
    desk.start();
    const std::pair<std::string, std::string> paths[] = {{"/v1/status", "GET"},
                                                         {"/v1/outbox", "GET"},
                                                         {"/v1/next", "GET"},
                                                         {"/v1/outbox/1", "GET"},
                                                         {"/v1/posts", "POST"},
                                                         {"/v1/adopt", "POST"},
                                                         {"/v1/pause", "POST"},
                                                         {"/v1/resume", "POST"},
                                                         {"/v1/outbox/1/hold", "POST"},
                                                         {"/v1/outbox/1/media/2", "GET"},
                                                         {"/v1/sources/blog/items", "GET"},
                                                         {"/v1/media", "POST"},
                                                         {"/v1/compose", "POST"}};
    for (const auto& [path, right] : paths)
        for (const std::string wrong : {right == "GET" ? "POST" : "GET", "DELETE", "PUT", ""}) {
            const Said said = desk.ask(wrong, path);
            BOOST_TEST_CONTEXT(wrong + " " + path) {
                BOOST_TEST(said.status == 405);
                BOOST_TEST(said.text("hint") == "ask with " + right);
            }
        }
}

BOOST_AUTO_TEST_CASE(a_body_that_is_no_object_is_refused_and_changes_nothing) {
    Desk desk;
    desk.start();
    const PostId id = desk.post("hello", "k1");
    desk.time.run_for(2min); // its receipt, too
    const std::size_t commits = desk.store.commits();
    const std::string retry = "/v1/outbox/" + std::to_string(id) + "/retry";
    for (const std::string path : {"/v1/posts", "/v1/adopt", "/v1/pause", "/v1/resume", retry.c_str()})
        for (const std::string body : {"{", "[]", "1", "null", "{\"a\":1}x", "\xff\xfe", "{'why':'x'}"}) {
            const Said said = desk.post_to(path, body);
            BOOST_TEST_CONTEXT(path + " " + body) {
                BOOST_TEST(said.status == 400);
                const std::string error = said.text("error");
                const bool json = body == "[]" || body == "1" || body == "null";
                BOOST_TEST((json ? error == "the body must be a JSON object"
                                 : error.starts_with("the body is no JSON: ")),
                           error);
                BOOST_TEST(said.number("exit") == 2);
            }
        }
    BOOST_TEST(desk.store.commits() == commits);
    BOOST_TEST(desk.timeline().size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_is_said_twice_and_objects_without_end_are_refused) {
    Desk desk;
    desk.start();
    const Said twice = desk.post_to("/v1/pause", R"({"target":"news","why":"x","target":"all"})");
    BOOST_TEST(twice.status == 400);
    BOOST_TEST(twice.text("error") == "the body says \"target\" twice");
    BOOST_TEST(desk.post_to("/v1/pause", R"({"a":{"b":1},"c":{"b":1,"b":2}})").text("error") ==
               "the body says \"b\" twice");
    std::string crowded = "{";
    for (int i = 0; i < 200; ++i)
        crowded += "\"" + std::to_string(i) + "\":1,";
    crowded.back() = '}';
    BOOST_TEST(desk.post_to("/v1/pause", crowded).text("error").starts_with("the body is no JSON: "));
    // A half of a pair, as a script makes it by cutting an emoji in two.
    BOOST_TEST(desk.post_to("/v1/posts", R"({"text":"\ud83d","key":"k"})").text("error").find(" at byte ") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(json_nested_without_end_is_refused) {
    Desk desk;
    desk.start();
    const Said said = desk.post_to("/v1/posts", "{\"media\":" + std::string(100000, '['));
    BOOST_TEST(said.status == 400);
}

BOOST_AUTO_TEST_CASE(a_store_that_is_busy_is_503_and_worth_another_try) {
    Desk desk;
    desk.start();
    desk.store.failures.push_back(Failure{Cause::temporary, "the disk is full"});
    const Said said = desk.post_to("/v1/posts", R"({"text":"hello","key":"k1"})");
    BOOST_TEST(said.status == 503);
    BOOST_TEST(said.text("error") == "the disk is full");
    BOOST_TEST(said.number("exit") == 75);
    BOOST_TEST(desk.post_to("/v1/posts", R"({"text":"hello","key":"k1"})").status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
