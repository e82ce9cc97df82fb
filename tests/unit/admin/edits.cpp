#include "desk.hpp"

using namespace crier;
using namespace crier::test;

namespace {

void put_for_later(Desk& desk) {
    desk.post_to("/v1/posts",
                 R"({"account": "news", "text": "helo", "key": "k1", "at": "2026-11-24T18:00:00Z"})");
}

} // namespace

BOOST_AUTO_TEST_SUITE(admin_edits)

BOOST_AUTO_TEST_CASE(an_edit_answers_with_the_post_as_it_is_now) {
    Desk desk;
    desk.start();
    put_for_later(desk);
    const Said said =
        desk.post_to("/v1/outbox/1/edit", R"({"text": "hello", "visibility": "unlisted", "language": ""})");
    BOOST_TEST(said.status == 200);
    BOOST_TEST(said.text("text") == "hello");
    BOOST_TEST(said.text("visibility") == "unlisted");
    BOOST_TEST(said.text("state") == "waiting");
    BOOST_TEST(desk.get("/v1/outbox/1").text("edited") == said.text("edited"));
    BOOST_TEST(desk.get("/v1/outbox/1").body.at("planned").is_null());
}

BOOST_AUTO_TEST_CASE(what_has_changed_since_it_was_shown_is_left_as_it_is) {
    Desk desk;
    desk.start();
    put_for_later(desk);
    const auto version = [&] { return std::to_string(desk.get("/v1/outbox/1").number("version")); };
    const std::string shown = version();
    const auto with = [&](std::string body) { return "{\"version\": " + shown + body + "}"; };
    BOOST_TEST(desk.post_to("/v1/outbox/1/edit", with(R"(, "text": "by another")")).status == 200);
    BOOST_TEST(version() != shown);
    for (const std::string what : {"hold", "release", "approve", "retry", "cancel"})
        BOOST_TEST(desk.post_to("/v1/outbox/1/" + what, with("")).status == 409);
    const Said late = desk.post_to("/v1/outbox/1/edit", with(R"(, "text": "mine")"));
    BOOST_TEST(late.status == 409);
    BOOST_TEST(late.text("error") == "post 1 has changed since it was shown");
    BOOST_TEST(desk.post_to("/v1/outbox/1/reschedule", with(R"(, "at": "2h")")).status == 409);
    BOOST_TEST(desk.get("/v1/outbox/1").text("text") == "by another");
    BOOST_TEST(desk.post_to("/v1/outbox/1/hold", R"({"version": "1"})").status == 400);
    const std::string now = version();
    BOOST_TEST(desk.post_to("/v1/outbox/1/hold", "{\"version\": " + now + "}").status == 200);
    BOOST_TEST(version() == now); // it says what it said
}

BOOST_AUTO_TEST_CASE(what_was_shown_before_it_was_published_is_not_edited_there) {
    Desk desk;
    desk.start();
    desk.post("hello", "k1");
    const std::string shown = std::to_string(desk.get("/v1/outbox/1").number("version"));
    desk.time.run_for(2min);
    BOOST_TEST(desk.get("/v1/outbox/1").text("state") == "published");
    BOOST_TEST(desk.post_to("/v1/outbox/1/edit", "{\"version\": " + shown + R"(, "text": "mine"})").status ==
               409);
}

BOOST_AUTO_TEST_CASE(a_time_is_a_date_or_from_now_on_or_now) {
    Desk desk;
    desk.start();
    put_for_later(desk);
    const auto due = [&](const std::string& at) {
        return desk.post_to("/v1/outbox/1/reschedule", R"({"at": ")" + at + "\"}").text("due").substr(0, 19);
    };
    BOOST_TEST(due("2026-11-25T09:00:00+01:00") == "2026-11-25T08:00:00");
    BOOST_TEST(due("2h") == "2026-11-24T14:00:00");
    BOOST_TEST(due("now") == "2026-11-24T12:00:00");
    desk.time.run_for(1min);
    const Said late = desk.post_to("/v1/outbox/1/reschedule", R"({"at": "2h"})");
    BOOST_TEST(late.status == 400);
    BOOST_TEST(late.text("error") == "post 1 is published: it cannot be moved any more");
}

BOOST_AUTO_TEST_CASE(what_makes_no_sense_is_refused_and_changes_nothing) {
    Desk desk;
    desk.start();
    put_for_later(desk);
    const auto error = [&](const std::string& what, const std::string& body) {
        const Said said = desk.post_to("/v1/outbox/1/" + what, body);
        BOOST_TEST(said.status == 400);
        return said.text("error");
    };
    BOOST_TEST(error("edit", "{}") == "nothing says what is to change");
    BOOST_TEST(error("edit", R"({"visibilty": "direct"})") == "there is no field `visibilty`");
    BOOST_TEST(error("edit", R"({"visibility": "secret"})") ==
               "`visibility` must be public, unlisted, private or direct");
    BOOST_TEST(error("reschedule", "{}").find("`at` must be a time") == 0U);
    BOOST_TEST(error("reschedule", R"({"at": "tomorrow"})").find("`at` must be a time") == 0U);
    BOOST_TEST(desk.ask("GET", "/v1/outbox/1/edit").status == 405);
    BOOST_TEST(desk.post_to("/v1/outbox/77/edit", R"({"text": "x"})").status == 404);
    BOOST_TEST(desk.post_to("/v1/outbox/77/edit", R"({"text": "x"})").text("hint").find("newest is 1") !=
               std::string::npos);
    BOOST_TEST(desk.get("/v1/outbox/1").text("text") == "helo");
    BOOST_TEST(desk.get("/v1/outbox/1").body.at("edited").is_null());
}

BOOST_AUTO_TEST_SUITE_END()
