#include "desk.hpp"

using namespace crier;
using namespace crier::test;

namespace {

std::vector<std::int64_t> ids(const Said& said) {
    std::vector<std::int64_t> list;
    for (const auto& post : said.list("posts"))
        list.push_back(post.at("id").as_int64());
    return list;
}

} // namespace

BOOST_AUTO_TEST_SUITE(admin_outbox)

BOOST_AUTO_TEST_CASE(a_post_has_the_fields_that_scripts_read) {
    Desk desk;
    desk.start();
    desk.post("hello", "k1");
    desk.time.run_for(1min);
    const Said said = desk.get("/v1/outbox");
    BOOST_TEST(said.status == 200);
    BOOST_REQUIRE_EQUAL(said.list("posts").size(), 1U);
    const auto& post = said.list("posts").front().as_object();
    BOOST_TEST(
        fields_of(post) ==
        "id account origin item part parts in_reply_to state code reason due next expires attempts in_doubt "
        "text spoiler_text visibility language media published status_id status_url "
        "edited planned undone pin version");
    BOOST_TEST(post.at("state").as_string() == "published");
    BOOST_TEST(post.at("origin").as_string() == "manual");
    BOOST_TEST(post.at("due").as_string() == "2026-11-24T12:00:00.0002Z"); // the store took its time
    BOOST_TEST(post.at("expires").is_null());
    BOOST_TEST(post.at("published").as_string() >= post.at("due").as_string());
}

BOOST_AUTO_TEST_CASE(one_post_comes_with_its_attempts) {
    Desk desk;
    desk.server.faults = {Fault::error_before};
    desk.start();
    const PostId id = desk.post("hello", "k1");
    desk.time.run_for(1h);
    const Said said = desk.get("/v1/outbox/" + std::to_string(id));
    BOOST_TEST(said.status == 200);
    BOOST_REQUIRE_EQUAL(said.list("tries").size(), 2U);
    const auto& first = said.list("tries").front().as_object();
    BOOST_TEST(fields_of(first) == "number started finished http outcome detail key");
    BOOST_TEST(first.at("number").as_int64() == 1);
    BOOST_TEST(first.at("http").as_int64() == 500);
    BOOST_TEST(desk.get("/v1/outbox/77").status == 404);
    BOOST_TEST(desk.get("/v1/outbox/77").text("error") == "there is no post 77");
}

BOOST_AUTO_TEST_CASE(the_list_is_narrowed_by_what_is_asked) {
    Desk desk;
    desk.account("art").mode = Mode::hold;
    desk.start();
    desk.post_to("/v1/posts", R"({"account": "news", "text": "one", "key": "k1"})");
    desk.post_to("/v1/posts", R"({"account": "art", "text": "two", "key": "k2"})");
    desk.time.run_for(1h);
    desk.post_to("/v1/posts", R"({"account": "news", "text": "three", "key": "k3"})");
    desk.time.run_for(1min);
    using Ids = std::vector<std::int64_t>;
    BOOST_TEST(ids(desk.get("/v1/outbox")) == (Ids{3, 2, 1}));
    BOOST_TEST(ids(desk.get("/v1/outbox", {{"limit", "1"}})) == (Ids{3}));
    BOOST_TEST(ids(desk.get("/v1/outbox", {{"account", "art"}})) == (Ids{2}));
    BOOST_TEST(ids(desk.get("/v1/outbox", {{"state", "held"}})) == (Ids{2}));
    BOOST_TEST(ids(desk.get("/v1/outbox", {{"state", "held"}, {"state", "published"}})) == (Ids{3, 2, 1}));
    BOOST_TEST(ids(desk.get("/v1/outbox", {{"grep", "thr"}})) == (Ids{3}));
    BOOST_TEST(ids(desk.get("/v1/outbox", {{"since", "30m"}})) == (Ids{3}));
    BOOST_TEST(ids(desk.get("/v1/outbox", {{"since", "2026-11-24T12:30:00Z"}})) == (Ids{3}));
    BOOST_TEST(desk.get("/v1/outbox").body.at("after").is_null());
    for (const auto& [order, expected] :
         {std::pair{"newest", Ids{3, 2, 1}}, std::pair{"due", Ids{1, 2, 3}}}) {
        Ids all;
        std::string after;
        do {
            std::vector<std::pair<std::string, std::string>> query{{"limit", "1"}, {"order", order}};
            if (!after.empty())
                query.emplace_back("after", after);
            const Said piece = desk.get("/v1/outbox", query);
            BOOST_REQUIRE_EQUAL(piece.list("posts").size(), 1U);
            all.push_back(ids(piece).front());
            after = piece.body.at("after").is_null() ? "" : piece.text("after");
        } while (!after.empty());
        BOOST_TEST(all == expected);
    }
    for (const char* wrong : {"", "7", "x.7", "7.", "7.x", ".7", "7.-1"})
        BOOST_TEST(desk.get("/v1/outbox", {{"after", wrong}}).status == 400, wrong);
    BOOST_TEST(desk.get("/v1/outbox", {{"limit", "1001"}}).status == 400);
}

BOOST_AUTO_TEST_CASE(a_parameter_that_makes_no_sense_is_named) {
    Desk desk;
    desk.start();
    const auto error = [&](std::string path, std::string name, std::string value) {
        const Said said = desk.get(path, {{name, value}});
        BOOST_TEST(said.status == 400);
        return said.text("error");
    };
    BOOST_TEST(error("/v1/outbox", "acount", "news") == "there is no parameter `acount`");
    BOOST_TEST(desk.get("/v1/outbox", {{"acount", "news"}}).text("hint") == "did you mean `account`?");
    BOOST_TEST(error("/v1/outbox", "state", "gone").find("`state` must be waiting, ready") == 0U);
    BOOST_TEST(error("/v1/outbox", "since", "yesterday") ==
               "`since` must be a time (2026-11-24T09:00:00Z) or how long ago (2h)");
    for (const std::string limit : {"0", "-1", "many", "100001", "1.5", "", "18446744073709551617"})
        BOOST_TEST(error("/v1/outbox", "limit", limit) == "`limit` must be a number from 1 to 1000");
    for (const std::string count : {"0", "-1", "x", "1001", ""})
        BOOST_TEST(error("/v1/next", "n", count) == "`n` must be a number from 1 to 1000");
    BOOST_TEST(error("/v1/next", "count", "3") == "there is no parameter `count`");
}

BOOST_AUTO_TEST_CASE(actions_answer_with_the_post_as_it_is_then) {
    Desk desk;
    desk.settings.accounts["news"].mode = Mode::hold;
    desk.start();
    const PostId id = desk.post("hello", "k1");
    desk.time.run_for(1min);
    const std::string path = "/v1/outbox/" + std::to_string(id);
    BOOST_TEST(desk.post_to(path + "/approve").text("state") == "ready");
    desk.time.run_for(1min);
    const Said again = desk.post_to(path + "/cancel");
    BOOST_TEST(again.status == 400);
    BOOST_TEST(again.text("error") == "post 1 is published: it cannot be cancelled now");
    BOOST_TEST(desk.post_to("/v1/outbox/77/hold").status == 404);
}

BOOST_AUTO_TEST_CASE(anyway_is_meant_only_when_it_says_true) {
    Desk desk;
    desk.server.server.idempotent = false;
    desk.server.faults = {Fault::lost_after};
    desk.start();
    const PostId id = desk.post("hello", "k1");
    desk.time.run_for(1h);
    const std::string path = "/v1/outbox/" + std::to_string(id) + "/retry";
    BOOST_TEST(desk.post_to(path).text("error").find("may be published already") != std::string::npos);
    BOOST_TEST(desk.post_to(path, R"({"anyway": false})").status == 400);
    BOOST_TEST(desk.post_to(path, R"({"anyway": "true"})").text("error") == "`anyway` must be true or false");
    BOOST_TEST(desk.post_to(path, R"({"any_way": true})").text("error") == "there is no field `any_way`");
    desk.time.run_for(1h);
    BOOST_TEST(desk.timeline().size() == 1U);
    BOOST_TEST(desk.post_to(path, R"({"anyway": true})").status == 200);
    desk.time.run_for(1h);
    BOOST_TEST(desk.timeline().size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_name_that_nobody_has_is_no_empty_answer) {
    Desk desk;
    desk.start();
    desk.post("hello", "k1");
    const auto all = [&](const std::string& path, const char* name, const char* value) {
        return desk.ask("POST", "/v1/outbox/" + path, {{name, value}});
    };
    for (const std::string path : {"cancel", "retry", "delete", "keep"}) {
        BOOST_TEST(all(path, "account", "nwes").text("error") == "there is no account named nwes");
        BOOST_TEST(all(path, "account", "nwes").text("hint") == "did you mean news?");
        BOOST_TEST(all(path, "origin", "source:typo").status == 400);
    }
    BOOST_TEST(desk.get("/v1/outbox", {{"account", "nwes"}}).status == 400);
    // As the lists have it, of posts by hand.
    BOOST_TEST(desk.get("/v1/outbox", {{"origin", "manual"}}).list("posts").size() == 1U);
    BOOST_TEST(all("cancel", "origin", "manual").number("done") == 1);
    // One that is gone, and whose posts are not.
    desk.settings.accounts["old"] = desk.settings.accounts["news"];
    desk.settings.accounts.erase("news");
    BOOST_TEST(desk.get("/v1/outbox", {{"account", "news"}}).status == 200);
    desk.settings.accounts["news"] = desk.settings.accounts["old"];
    desk.settings.accounts.erase("old");
}

BOOST_AUTO_TEST_SUITE_END()
