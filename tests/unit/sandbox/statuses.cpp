#include "desk.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::sandbox;
using namespace crier::sandbox::test;
using namespace std::chrono_literals;

namespace {

const Status& newest(const Desk& desk) {
    return desk.world.statuses.all().back();
}

std::string list_of(const Desk& desk, const std::string& query = "") {
    return "/api/v1/accounts/" + desk.world.accounts.find_name("bot")->id + "/statuses" + query;
}

} // namespace

BOOST_AUTO_TEST_SUITE(sandbox_statuses)

BOOST_AUTO_TEST_CASE(a_status_comes_back_whole) {
    Desk desk;
    const Response made = desk.post("status=+hello+&visibility=unlisted&language=de&spoiler_text=careful");
    BOOST_TEST(made.status == 200);
    const auto body = parsed(made).as_object();
    BOOST_TEST(body.at("id").is_string());
    BOOST_TEST(body.at("content").as_string() == "<p>hello</p>");
    BOOST_TEST(body.at("visibility").as_string() == "unlisted");
    BOOST_TEST(body.at("language").as_string() == "de");
    BOOST_TEST(body.at("sensitive").as_bool()); // a warning makes it so
    BOOST_TEST(body.at("account").at("acct").as_string() == "bot");
    BOOST_TEST(body.at("created_at").as_string() == "2026-01-05T09:00:00.250Z");
    for (const char* name : {"url", "uri", "in_reply_to_id", "reblog", "card", "poll", "edited_at"})
        BOOST_TEST(body.contains(name), name);
    BOOST_TEST(field(desk.ask("GET", "/api/v1/accounts/lookup?acct=@bot"), "error") !=
               "(none)"); // no read scope
}

BOOST_AUTO_TEST_CASE(texts_are_judged_by_the_rules) {
    Desk desk;
    desk.control("PUT", "/sandbox/settings", R"({"characters":10})");
    const struct {
        const char* fields;
        int status;
        const char* error;
    } cases[] = {
        {"status=%20%0a", 422, "Validation failed: Text can't be blank"},
        {"status=0123456789", 200, ""},
        {"status=01234567890", 422, "Validation failed: Text character limit of 10 exceeded"},
        {"status=01234567&spoiler_text=012", 422, "Validation failed: Text character limit of 10 exceeded"},
        {"status=a&visibility=secret", 422, "Validation failed: Visibility is not included in the list"},
        {"status=a&in_reply_to_id=7", 404, "The post you are trying to reply to does not appear to exist."},
        {"status=a&quoted_status_id=7", 404, "The post you are trying to quote does not appear to exist."},
        {"status=a&language=klingon", 200, ""},
    };
    for (const auto& one : cases) {
        const Response response = desk.post(one.fields);
        BOOST_TEST(response.status == one.status, one.fields);
        if (one.status != 200)
            BOOST_TEST(error_of(response) == one.error);
    }
    BOOST_TEST(newest(desk).language == "en");
}

BOOST_AUTO_TEST_CASE(a_warning_without_a_text_becomes_the_text) {
    Desk desk;
    BOOST_TEST(desk.post("spoiler_text=careful").status == 200);
    BOOST_TEST(newest(desk).text == "careful");
    BOOST_TEST(newest(desk).spoiler_text.empty());
    BOOST_TEST(newest(desk).sensitive);
}

BOOST_AUTO_TEST_CASE(a_silenced_account_is_lowered) {
    Desk desk;
    desk.control("PUT", "/sandbox/settings", R"({"silenced":true})");
    BOOST_TEST(field(desk.post("status=a&visibility=public"), "visibility") == "unlisted");
    BOOST_TEST(field(desk.post("status=a&visibility=private"), "visibility") == "private");
}

BOOST_AUTO_TEST_CASE(polls_have_rules) {
    Desk desk;
    const std::string two = "status=a&poll[options][]=a&poll[options][]=b";
    BOOST_TEST(desk.post(two + "&poll[expires_in]=300").status == 200);
    BOOST_TEST(desk.post(two + "&poll[expires_in]=299").status == 422);
    BOOST_TEST(desk.post(two + "&poll[expires_in]=2629747").status == 422);
    BOOST_TEST(desk.post("status=a&poll[options][]=a&poll[options][]=+&poll[expires_in]=300").status == 422);
    BOOST_TEST(desk.post(two + "&poll[options][]=a&poll[expires_in]=300").status == 422); // twice
    BOOST_TEST(desk.post(two + "&poll[options][]=" + std::string(51, 'x') + "&poll[expires_in]=300").status ==
               422);
    BOOST_TEST(desk.post(two + "&poll[options][]=c&poll[options][]=d&poll[options][]=e&poll[expires_in]=300")
                   .status == 422);
}

BOOST_AUTO_TEST_CASE(words_are_in_the_account_s_language) {
    Desk desk;
    desk.control("PUT", "/sandbox/settings", R"({"language":"de"})");
    BOOST_TEST(error_of(desk.post("status=")) ==
               "Gültigkeitsprüfung ist fehlgeschlagen: Text muss ausgefüllt werden");
    BOOST_TEST(error_of(desk.ask("GET", "/api/v1/media/1")) == "Record not found"); // a literal
    BOOST_TEST(error_of(desk.post("status=&lang=en")) == "Validation failed: Text can't be blank");
}

BOOST_AUTO_TEST_CASE(gotosocial_refuses_with_400_and_stumbles_over_its_own_post) {
    Desk desk{Kind::gotosocial};
    BOOST_TEST(desk.post("status=").status == 400);
    const Response odd = desk.post("status=a&visibility=secret");
    BOOST_TEST(odd.status == 200);
    BOOST_TEST(odd.body.empty());
    BOOST_TEST(desk.world.statuses.all().size() == 1U);
    Request bare = desk.request("GET", "/api/v2/instance");
    bare.headers.clear();
    BOOST_TEST(desk.open(bare).response.status == 418);
}

BOOST_AUTO_TEST_CASE(nobody_in_particular_sees_public_and_unlisted_only) {
    Desk desk;
    for (const char* visibility : {"public", "unlisted", "private", "direct"})
        (void)desk.post("status=" + std::string{visibility} + "&visibility=" + visibility);
    const std::string direct = newest(desk).id;
    BOOST_TEST(desk.ask("GET", list_of(desk)).status == 403); // the write-only token spoils it
    desk.token.clear();
    const Response anonymous = desk.ask("GET", list_of(desk));
    BOOST_TEST(texts(anonymous, "visibility") == (std::vector<std::string>{"unlisted", "public"}),
               boost::test_tools::per_element());
    BOOST_TEST(anonymous.header("Cache-Control").find("max-age=15") != std::string::npos);
    BOOST_TEST(desk.ask("GET", "/api/v1/statuses/" + direct).status == 404);
    desk.token = "reading-token";
    BOOST_TEST(texts(desk.ask("GET", list_of(desk)), "id").size() == 2U);
    desk.control("PUT", "/sandbox/tokens", R"({"account":"bot","token":"own","scopes":"read"})");
    desk.token = "own";
    const Response own = desk.ask("GET", list_of(desk));
    BOOST_TEST(texts(own, "id").size() == 4U);
    BOOST_TEST(own.header("Cache-Control") == "private, no-store");
}

BOOST_AUTO_TEST_CASE(lists_are_paged) {
    Desk desk;
    std::vector<std::string> ids;
    for (int i = 0; i < 5; ++i)
        ids.push_back(field(desk.post("status=" + std::to_string(i)), "id"));
    desk.token.clear();
    const auto per_element = boost::test_tools::per_element();
    const Response first = desk.ask("GET", list_of(desk, "?limit=2"));
    BOOST_TEST(texts(first, "id") == (std::vector<std::string>{ids[4], ids[3]}), per_element);
    BOOST_TEST(first.header("Link").find("max_id=" + ids[3] + ">; rel=\"next\"") != std::string::npos);
    BOOST_TEST(first.header("Link").find("min_id=" + ids[4] + ">; rel=\"prev\"") != std::string::npos);
    BOOST_TEST(texts(desk.ask("GET", list_of(desk, "?limit=2&max_id=" + ids[3])), "id") ==
                   (std::vector<std::string>{ids[2], ids[1]}),
               per_element);
    BOOST_TEST(texts(desk.ask("GET", list_of(desk, "?limit=2&since_id=" + ids[0])), "id") ==
                   (std::vector<std::string>{ids[4], ids[3]}),
               per_element);
    BOOST_TEST(texts(desk.ask("GET", list_of(desk, "?limit=2&min_id=" + ids[0])), "id") ==
                   (std::vector<std::string>{ids[2], ids[1]}),
               per_element);
    BOOST_TEST(texts(desk.ask("GET", list_of(desk, "?limit=0")), "id").size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_cache_may_hide_what_is_fresh) {
    Desk desk;
    (void)desk.post("status=old");
    desk.now += 1s;
    desk.control("PUT", "/sandbox/settings", R"({"stale_lists":true})");
    desk.now += 1s;
    const std::string fresh = field(desk.post("status=fresh"), "id");
    desk.token.clear();
    BOOST_TEST(texts(desk.ask("GET", list_of(desk)), "id").size() == 1U);
    desk.control("PUT", "/sandbox/settings", R"({"stale_lists":false})");
    BOOST_TEST(texts(desk.ask("GET", list_of(desk)), "id")[0] == fresh);
}

BOOST_AUTO_TEST_CASE(editing_replaces_everything_and_repeating_it_is_nothing) {
    Desk desk;
    const std::string media = desk.upload();
    const std::string id =
        field(desk.post("status=a&spoiler_text=w&visibility=unlisted&media_ids[]=" + media), "id");
    const Response edited = desk.ask("PUT", "/api/v1/statuses/" + id, "status=b");
    BOOST_TEST(edited.status == 200);
    BOOST_TEST(field(edited, "spoiler_text").empty());
    BOOST_TEST(field(edited, "visibility") == "unlisted");
    BOOST_TEST(parsed(edited).at("media_attachments").as_array().empty());
    const std::string when = field(edited, "edited_at");
    desk.now += 1s;
    BOOST_TEST(field(desk.ask("PUT", "/api/v1/statuses/" + id, "status=b"), "edited_at") == when);
    BOOST_TEST(desk.ask("PUT", "/api/v1/statuses/" + id, "visibility=public").status == 422);
    desk.token = "reading-token";
    BOOST_TEST(desk.ask("PUT", "/api/v1/statuses/" + id, "status=c").status == 404); // not its own
}

BOOST_AUTO_TEST_CASE(deleting_gives_the_source_back_once) {
    Desk desk;
    const std::string id = field(desk.post("status=a+%3Cb%3E"), "id");
    BOOST_TEST(field(desk.ask("DELETE", "/api/v1/statuses/" + id), "text") == "a <b>");
    BOOST_TEST(desk.ask("DELETE", "/api/v1/statuses/" + id).status == 404);
    BOOST_TEST(parsed(desk.control("GET", "/sandbox/statuses")).as_array()[0].at("deleted").as_bool());
}

BOOST_AUTO_TEST_SUITE_END()
