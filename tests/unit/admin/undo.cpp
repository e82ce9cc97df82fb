#include "desk.hpp"

using namespace crier;
using namespace crier::test;

namespace {

/// Two posts of a source, and one by hand.
struct Posted : Desk {
    Posted() {
        source("blog");
        feed.add("old", "Old");
        start();
        time.run_for(1s);
        feed.add("1", "One");
        feed.add("2", "Two");
        time.run_for(16min);
        post("by hand", "k1");
        time.run_for(1min);
        BOOST_REQUIRE(server.statuses.size() == 3U);
    }
    [[nodiscard]] std::size_t deleted() const {
        return static_cast<std::size_t>(
            std::count_if(server.statuses.begin(), server.statuses.end(),
                          [](const ModelServer::Status& status) { return status.deleted; }));
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(admin_undo)

BOOST_AUTO_TEST_CASE(it_is_shown_before_it_is_done) {
    Posted desk;
    const Said would = desk.get("/v1/undo", {{"since", "1h"}});
    BOOST_TEST(would.status == 200);
    BOOST_TEST(fields_of(would.body) == "delete cancel doubt left pause counts deletions since");
    BOOST_TEST(would.list("delete").size() == 3U);
    const auto& first = would.list("delete").front().as_object();
    BOOST_TEST(first.at("text").as_string() == "by hand"); // the newest goes first
    BOOST_TEST(first.at("status_url").as_string().starts_with("https://model.example/"));
    BOOST_TEST(first.at("published").as_string().starts_with("2026-11-24T12:1"));
    BOOST_TEST(would.list("pause").front().as_string() == "source:blog");
    const auto& deletions = would.list("deletions").front().as_object();
    BOOST_TEST(fields_of(deletions) == "account count until waits");
    BOOST_TEST(deletions.at("count").as_int64() == 3);
    desk.time.run_for(1min);
    BOOST_TEST(desk.deleted() == 0U);
    BOOST_TEST(desk.get("/v1/status").list("sources").front().at("state").as_string() == "ok");

    const Said done = desk.post_to("/v1/undo", R"({"since": "1h", "origin": "source:blog"})");
    BOOST_TEST(done.status == 200);
    BOOST_TEST(done.list("delete").size() == 2U);
    desk.time.run_for(1min);
    BOOST_TEST(desk.deleted() == 2U);
    BOOST_TEST(desk.get("/v1/status").list("sources").front().at("state").as_string() == "paused");
    BOOST_TEST(desk.get("/v1/outbox/1").text("code") == "undone");
}

BOOST_AUTO_TEST_CASE(status_why_and_resume_tell_what_waits_and_until_when) {
    Posted desk;
    desk.server.good_token = "another"; // nothing can be deleted
    (void)desk.post_to("/v1/undo", R"({"since": "1h"})");
    const Said status = desk.get("/v1/status");
    const auto& waits = status.list("accounts").front().at("deletions").as_object();
    BOOST_TEST(waits.at("count").as_int64() == 3);
    BOOST_TEST(!waits.at("until").as_string().empty());
    const auto chain = desk.get("/v1/why", {{"about", "1"}}).list("chain");
    const bool told = std::any_of(chain.begin(), chain.end(), [](const boost::json::value& step) {
        return step.at("text").as_string() == "to be deleted: a person wants it so" &&
               step.at("until").is_string();
    });
    BOOST_TEST(told);
    const Said resumed = desk.post_to("/v1/resume", R"({"target": "source:blog"})");
    BOOST_TEST(resumed.list("deletions").front().at("count").as_int64() == 2);
    desk.time.run_for(1min);
    BOOST_TEST(desk.get("/v1/status").list("accounts").front().at("deletions").at("waits").as_string() ==
               "401 The access token is invalid; put a new access token there");
}

BOOST_AUTO_TEST_CASE(single_posts_are_deleted_kept_and_pinned_by_their_number) {
    Posted desk;
    desk.server.good_token = "another";
    BOOST_TEST(desk.post_to("/v1/outbox/3/delete").list("delete").size() == 1U);
    desk.time.run_for(1s);
    BOOST_TEST(desk.get("/v1/outbox/3").body.at("amendment").at("by").as_string() == "person");
    BOOST_TEST(desk.post_to("/v1/outbox/3/keep").status == 200);
    BOOST_TEST(desk.post_to("/v1/outbox/3/keep").text("error") ==
               "nothing waits to be done with post 3, which is published");
    BOOST_TEST(desk.post_to("/v1/outbox/2/pin").body.at("pin").as_bool());
    BOOST_TEST(desk.ask("POST", "/v1/outbox/delete", {{"origin", "source:blog"}}).list("delete").size() ==
               2U);
    BOOST_TEST(desk.ask("POST", "/v1/outbox/keep", {{"account", "news"}}).number("kept") == 2);
    desk.server.good_token = "token";
    desk.post_to("/v1/resume", R"({"target": "account:news"})");
    desk.time.run_for(10min);
    BOOST_TEST(desk.deleted() == 0U);
    BOOST_TEST(desk.server.statuses.at(1).pinned);
    desk.post_to("/v1/outbox/3/delete");
    desk.time.run_for(1min);
    BOOST_TEST(desk.post_to("/v1/outbox/3/delete").text("error") ==
               "post 3 is deleted: nothing of it is on the server");
}

BOOST_AUTO_TEST_CASE(a_published_post_is_edited_with_its_descriptions) {
    Desk desk;
    desk.start();
    BOOST_REQUIRE(desk.hand_in(Harness::picture("With a picture", "/srv/a.png")).has_value());
    desk.time.run_for(1min);
    const Said said = desk.post_to("/v1/outbox/1/edit",
                                   R"({"text": "Better", "alts": [{"media": 1, "alt": "The harbour"}]})");
    BOOST_TEST(said.status == 200);
    BOOST_TEST(said.text("state") == "published");
    desk.time.run_for(1min);
    BOOST_TEST(desk.server.statuses.at(0).text == "Better");
    BOOST_TEST(desk.server.statuses.at(0).alts.at(0) == "The harbour");
}

BOOST_AUTO_TEST_CASE(what_makes_no_sense_is_refused_and_changes_nothing) {
    Posted desk;
    const auto error = [](const Said& said) {
        BOOST_TEST(said.status == 400);
        return said.text("error");
    };
    const std::string since = "`since` must be given: a time (2026-11-24T09:00:00Z), or how long ago (2h)";
    BOOST_TEST(error(desk.get("/v1/undo")) == since);
    BOOST_TEST(error(desk.get("/v1/undo", {{"since", "soon"}})) == since);
    BOOST_TEST(error(desk.post_to("/v1/undo", R"({"since": "2026-11-25T12:00:00Z"})")) == since);
    BOOST_TEST(error(desk.get("/v1/undo", {{"since", "1h"}, {"origin", "blog"}})) ==
               "`origin` must be source:NAME or entry:NAME");
    BOOST_TEST(error(desk.get("/v1/undo", {{"since", "1h"}, {"acount", "news"}})) ==
               "there is no parameter `acount`");
    BOOST_TEST(error(desk.post_to("/v1/undo", R"({"since": "1h", "sources": "blog"})")) ==
               "there is no field `sources`");
    BOOST_TEST(error(desk.post_to("/v1/outbox/delete")) == "say which posts");
    BOOST_TEST(error(desk.post_to("/v1/outbox/1/delete", R"({"anyway": true})")) ==
               "there is no field `anyway`");
    BOOST_TEST(error(desk.post_to("/v1/outbox/1/edit", R"({"alts": [{"media": 0, "alt": "x"}]})")) ==
               "`alts` must be a list of {media: which one, from 1 on, alt}");
    BOOST_TEST(desk.ask("DELETE", "/v1/undo").text("hint") == "ask with GET or POST");
    desk.time.run_for(1min);
    BOOST_TEST(desk.deleted() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
