#include "desk.hpp"

using namespace crier;
using namespace crier::test;

namespace {

std::string text_of(const boost::json::value& value) {
    return std::string{value.as_string()};
}

} // namespace

BOOST_AUTO_TEST_SUITE(admin_compose)

BOOST_AUTO_TEST_CASE(an_account_says_what_a_composer_must_know) {
    Desk desk;
    desk.settings.accounts["news"].handle = "crier@model.example";
    auto defaults = std::make_shared<PostTemplate>();
    defaults->visibility = Visibility::unlisted;
    defaults->language = Interned{"de"};
    desk.settings.accounts["news"].defaults = defaults;
    desk.account("art").defaults.reset();
    desk.start();
    desk.time.run_for(1min); // its server is asked what it takes
    const Said said = desk.get("/v1/accounts");
    BOOST_TEST(said.status == 200);
    BOOST_REQUIRE_EQUAL(said.list("accounts").size(), 2U);
    const auto& art = said.list("accounts")[0].as_object();
    const auto& news = said.list("accounts")[1].as_object();
    BOOST_TEST(fields_of(news) ==
               "name server handle url kind known mode limit counts max_media media_types max_picture_bytes "
               "max_film_bytes max_alt visibility language spoiler sensitive polls needs_media quotes "
               "local_only content_types");
    BOOST_TEST(text_of(news.at("name")) == "news");
    BOOST_TEST(text_of(news.at("url")) == "https://model.example/@crier");
    BOOST_TEST(text_of(news.at("visibility")) == "unlisted");
    BOOST_TEST(text_of(news.at("language")) == "de");
    BOOST_TEST(news.at("limit").as_int64() == 500);
    BOOST_TEST(fields_of(news.at("counts").as_object()) == "unit link local_mentions warning");
    BOOST_TEST(news.at("counts").at("link").as_int64() == 23);
    BOOST_TEST(news.at("polls").at("options").as_int64() == 4);
    BOOST_TEST(art.at("visibility").is_null());
    BOOST_TEST(art.at("url").is_null());
    BOOST_TEST(desk.get("/v1/accounts", {{"name", "news"}}).status == 400);
}

BOOST_AUTO_TEST_CASE(what_is_being_written_is_counted_as_its_server_counts_and_nothing_is_marked) {
    Desk desk;
    desk.start();
    const std::size_t commits = desk.store.commits();
    const Said said = desk.post_to(
        "/v1/compose", R"({"account":"news","text":"see https://blog.example.com/a/long/way/to/it now"})");
    BOOST_TEST(said.status == 200);
    BOOST_TEST(fields_of(said.body) == "account texts spoiler_text visibility problem hint warnings");
    BOOST_REQUIRE_EQUAL(said.list("texts").size(), 1U);
    BOOST_TEST(said.list("texts")[0].at("length").as_int64() == 31);
    BOOST_TEST(said.list("texts")[0].at("limit").as_int64() == 500);
    BOOST_TEST(said.body.at("problem").is_null());
    BOOST_TEST(desk.store.commits() == commits);
    BOOST_TEST(desk.store.posts.empty());
}

/// What is refused here is refused there, in the same words.
BOOST_AUTO_TEST_CASE(a_problem_is_the_one_that_the_post_would_have) {
    Desk desk;
    desk.account("bare").defaults.reset();
    desk.start();
    const std::string bodies[] = {
        R"({"account":"news","text":")" + std::string(501, 'x') + "\",\"key\":\"k\"}",
        R"({"account":"news","text":"","key":"k"})", R"({"account":"bare","text":"hi","key":"k"})",
        R"({"account":"news","text":"hi","language":"deutsch!","key":"k"})",
        R"({"account":"news","text":"hi","in_reply_to":"https://else.example/@a/1","key":"k"})"};
    for (const std::string& body : bodies) {
        const Said dry = desk.post_to("/v1/compose", body);
        const Said real = desk.post_to("/v1/posts", body);
        BOOST_TEST_CONTEXT(body) {
            BOOST_TEST(dry.status == 200);
            BOOST_TEST(real.status == 400);
            BOOST_TEST(dry.text("problem") == real.text("error"));
            BOOST_TEST((dry.body.at("hint").is_null() ? "" : dry.text("hint")) == real.text("hint"));
            BOOST_TEST(dry.list("texts").size() == 1U);
        }
    }
    BOOST_TEST(desk.post_to("/v1/compose", R"({"account":"nobody","text":"hi"})").status == 400);
    BOOST_TEST(desk.post_to("/v1/compose", R"({"txt":"hi"})").status == 400);
}

BOOST_AUTO_TEST_CASE(a_text_that_becomes_a_thread_is_shown_in_its_parts) {
    Desk desk;
    auto defaults = std::make_shared<PostTemplate>();
    defaults->overflow = Overflow::thread;
    desk.settings.accounts["news"].defaults = defaults;
    desk.start();
    std::string words;
    for (int i = 0; i < 150; ++i)
        words += "words ";
    const Said said = desk.post_to("/v1/compose", R"({"text":")" + words + "\"}");
    BOOST_TEST(said.list("texts").size() == 2U);
    BOOST_TEST(said.body.at("problem").is_null());
    BOOST_TEST(boost::json::serialize(said.list("warnings")).find("thread of 2") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_a_person_should_know_is_a_warning) {
    Desk desk;
    desk.settings.accounts["news"].mode = Mode::hold;
    desk.start();
    const Said said = desk.post_to(
        "/v1/compose",
        R"({"text":"hi","at":"2026-11-23T00:00:00Z","media":[{"file":"/srv/a.png","alt":" "}]})");
    BOOST_TEST(said.body.at("problem").is_null());
    const std::string warnings = boost::json::serialize(said.list("warnings"));
    for (const char* words : {"file 1 has no alt text", "its time has passed", "mode: hold"})
        BOOST_TEST(warnings.find(words) != std::string::npos, words << " in " << warnings);
}

BOOST_AUTO_TEST_SUITE_END()
