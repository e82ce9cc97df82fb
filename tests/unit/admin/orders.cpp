#include "admin/order_json.hpp"
#include "desk.hpp"

using namespace crier;
using namespace crier::test;

namespace {

/// Posts the body and expects 400 with exactly this, and no post.
void refused(const std::string& body, const std::string& error, const std::string& hint = {}) {
    Desk desk;
    desk.start();
    const Said said = desk.post_to("/v1/posts", body);
    BOOST_TEST_CONTEXT(body) {
        BOOST_TEST(said.status == 400);
        BOOST_TEST(said.text("error") == error);
        BOOST_TEST(said.text("hint") == hint);
        BOOST_TEST(said.number("exit") == 2);
        BOOST_TEST(desk.store.posts.empty());
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(admin_orders)

BOOST_AUTO_TEST_CASE(an_order_becomes_a_post_with_all_that_it_says) {
    Desk desk;
    desk.start();
    const Said said = desk.post_to("/v1/posts", R"({
        "account": "news", "text": "hello", "spoiler_text": "greeting", "sensitive": true,
        "visibility": "unlisted", "language": "de", "at": "2026-11-24T14:00:00+01:00", "key": "k1",
        "media": [{"file": "/srv/sunrise.jpg", "alt": "The sun"}, {"url": "https://blog.example/a.png"}]})");
    BOOST_TEST(said.status == 200);
    BOOST_TEST(fields_of(said.body) == "id state known");
    BOOST_TEST(said.text("state") == "waiting");
    BOOST_TEST(!said.body.at("known").as_bool());
    const Post& post = desk.store.post(said.number("id"));
    BOOST_TEST(post.account == "news");
    BOOST_TEST(post.content.status == "hello");
    BOOST_TEST(post.content.spoiler_text == "greeting");
    BOOST_TEST(post.content.sensitive);
    BOOST_TEST((post.content.visibility == Visibility::unlisted));
    BOOST_TEST(post.content.language == "de");
    BOOST_TEST(to_rfc3339(post.due) == "2026-11-24T13:00:00Z");
    BOOST_REQUIRE_EQUAL(post.content.media.size(), 2U);
    BOOST_TEST(post.content.media[0].file == "/srv/sunrise.jpg");
    BOOST_TEST(post.content.media[0].alt == "The sun");
    BOOST_TEST(post.content.media[1].url == "https://blog.example/a.png");
}

BOOST_AUTO_TEST_CASE(all_that_a_post_can_be_goes_there_and_back) {
    engine::PostOrder order;
    order.account = "news";
    order.status = "Tea?";
    order.key = "k";
    order.poll.emplace();
    order.poll->options = {"Yes", "No"};
    order.poll->open = std::chrono::hours{2};
    order.poll->multiple = true;
    order.in_reply_to = "6";
    order.quote = "7";
    order.quote_policy = QuotePolicy::unsaid;
    order.content_type = "";
    order.local_only = false;
    order.pin = true;
    Media media;
    media.file = "/srv/a.png";
    media.focus = Focus{0.5, -0.25};
    media.thumbnail = "/srv/t.png";
    media.strip_metadata = true;
    order.media = {media};
    const Result<engine::PostOrder> read = admin::order_from_json(admin::to_json(order));
    BOOST_REQUIRE(read);
    BOOST_TEST((read->poll == order.poll && read->in_reply_to == "6" && read->quote == "7"));
    BOOST_TEST((read->quote_policy == QuotePolicy::unsaid && read->content_type == "" &&
                read->local_only == false && read->pin));
    BOOST_TEST((read->media == order.media));
}

BOOST_AUTO_TEST_CASE(forms_that_make_no_sense_are_refused) {
    refused(R"({"text":"x","key":"k","poll":{"options":["a"],"expires_in":600}})",
            "`poll` must be {options: [...], expires_in: SECONDS, multiple, hide_totals}");
    refused(R"({"text":"x","key":"k","poll":{"options":["a","b"]}})",
            "`poll` must be {options: [...], expires_in: SECONDS, multiple, hide_totals}");
    refused(R"({"text":"x","key":"k","quote_policy":"all"})",
            "`quote_policy` must be account, public, followers or nobody");
    refused(R"({"text":"x","key":"k","media":[{"file":"/a","focus":[0,2]}]})",
            "in `media`: `focus` must be two numbers from -1 to 1");
    refused(R"({"text":"x","key":"k","media":[{"file":"/a","thumbnail":"b"}]})",
            "in `media`: `thumbnail` must be an absolute path");
    refused(R"({"text":"x","key":"k","in_reply_to":"https://elsewhere.example/@a/1"})",
            "the status is on elsewhere.example, and the account on model.example",
            "look the post up on the account's own server, and take the address that it has there");
}

BOOST_AUTO_TEST_CASE(an_order_of_several_texts_is_a_thread) {
    Desk desk;
    desk.start();
    const Said said =
        desk.post_to("/v1/posts", R"({"text": "one", "further": ["two", "three"], "key": "k1"})");
    BOOST_TEST(said.status == 200);
    BOOST_TEST(fields_of(said.body) == "id state known further");
    BOOST_TEST(said.body.at("further").as_array().size() == 2U);
    desk.time.run_for(1min);
    BOOST_TEST(desk.timeline() == (std::vector<std::string>{"one", "two", "three"}));
}

BOOST_AUTO_TEST_CASE(what_is_null_counts_as_not_given) {
    Desk desk;
    desk.start();
    const Said said = desk.post_to("/v1/posts", R"({"account": null, "text": "hello", "spoiler_text": null,
        "sensitive": null, "visibility": null, "language": null, "at": null, "media": null, "origin": null,
        "key": "k1"})");
    BOOST_TEST(said.status == 200);
    BOOST_TEST(said.text("state") == "ready");
}

BOOST_AUTO_TEST_CASE(the_same_key_is_the_same_post) {
    Desk desk;
    desk.start();
    const Said first = desk.post_to("/v1/posts", R"({"text": "hello", "key": "k1"})");
    const Said second = desk.post_to("/v1/posts", R"({"text": "another text", "key": "k1"})");
    BOOST_TEST(second.status == 200);
    BOOST_TEST(second.number("id") == first.number("id"));
    BOOST_TEST(second.body.at("known").as_bool());
    desk.time.run_for(1min);
    BOOST_TEST(desk.timeline() == std::vector<std::string>{"hello"});
}

BOOST_AUTO_TEST_CASE(a_misspelt_field_is_refused_and_not_ignored) {
    refused(R"({"text": "hello", "key": "k1", "visiblity": "direct"})", "there is no field `visiblity`",
            "did you mean `visibility`?");
    refused(R"({"text": "hello", "key": "k1", "zebra": 1})", "there is no field `zebra`");
    refused(R"({"text": "hello", "key": "k1", "media": [{"url": "https://a.example/b", "alt_text": "B"}]})",
            "in `media`: there is no field `alt_text`");
}

BOOST_AUTO_TEST_CASE(a_field_of_the_wrong_kind_is_named) {
    refused(R"({"text": 1, "key": "k1"})", "`text` must be a string");
    refused(R"({"text": "hello", "key": ["k1"]})", "`key` must be a string");
    refused(R"({"text": "hello", "key": "k1", "sensitive": "yes"})", "`sensitive` must be true or false");
    refused(R"({"text": "hello", "key": "k1", "visibility": "secret"})",
            "`visibility` must be public, unlisted, private or direct");
    refused(R"({"text": "hello", "key": "k1", "at": "tomorrow"})",
            "`at` must be a time such as 2026-12-24T18:00:00+01:00");
    refused(R"({"text": "hello", "key": "k1", "media": {}})",
            "`media` must be a list of {file, url or upload, alt}");
    refused(R"({"text": "hello", "key": "k1", "media": ["/a.png"]})",
            "`media` must be a list of {file, url or upload, alt}");
    refused(
        R"({"text": "hello", "key": "k1", "media": [{"file": "a.png"}]})",
        "`media` must be one absolute path (`file`), one address (`url`) or one file that was sent before "
        "(`upload`) each");
    refused(
        R"({"text": "hello", "key": "k1", "media": [{"alt": "nothing"}]})",
        "`media` must be one absolute path (`file`), one address (`url`) or one file that was sent before "
        "(`upload`) each");
    refused(
        R"({"text": "hello", "key": "k1", "media": [{"file": "/a", "url": "https://b.example/c"}]})",
        "`media` must be one absolute path (`file`), one address (`url`) or one file that was sent before "
        "(`upload`) each");
    refused(R"({"text": "hello", "key": "k1", "further": [1]})",
            "`further` must be a list of texts, 99 at most: the posts of a thread behind `text`");
    refused(R"({"text": "hello", "origin": {"source": "blog"}})", "`origin` must be {source, item}");
    refused(R"({"text": "hello", "origin": "blog"})", "`origin` must be {source, item}");
}

BOOST_AUTO_TEST_CASE(without_a_key_a_repeated_request_could_double_so_it_is_refused) {
    refused(R"({"text": "hello"})", "`key` must be given: the same key never makes two posts");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_posted_is_refused_with_the_reason) {
    refused(R"({"key": "k1"})", "there is nothing to post: the text is empty and no media is given");
    refused(R"({"text": ")" + std::string(501, 'x') + R"(", "key": "k1"})",
            "the text has 501 characters, and the server takes 500");
    refused(R"({"text": "hello", "key": "k1", "account": "nwes"})", "there is no account named nwes",
            "the names stand under `accounts:` in the configuration");
}

BOOST_AUTO_TEST_CASE(who_may_see_a_post_is_never_guessed) {
    Desk desk;
    desk.settings.accounts["news"].defaults.reset();
    desk.start();
    const Said said = desk.post_to("/v1/posts", R"({"text": "hello", "key": "k1"})");
    BOOST_TEST(said.status == 400);
    BOOST_TEST(said.text("error") == "nothing says who may see the post");
    BOOST_TEST(
        desk.post_to("/v1/posts", R"({"text": "hello", "key": "k1", "visibility": "private"})").status ==
        200);
}

BOOST_AUTO_TEST_CASE(an_order_survives_the_way_through_json) {
    engine::PostOrder order;
    order.account = "news";
    order.status = "hello \"you\"\n";
    order.further = {"and more"};
    order.spoiler_text = "cw";
    order.sensitive = false;
    order.visibility = Visibility::direct;
    order.language = "en";
    order.at = from_rfc3339("2026-11-24T13:00:00Z");
    order.key = "k1";
    Media media;
    media.file = "/srv/a.png";
    media.alt = "A";
    order.media.push_back(media);
    Origin origin;
    origin.kind = OriginKind::source;
    origin.name = "blog";
    origin.item = "42";
    order.origin = origin;
    const Result<engine::PostOrder> back = admin::order_from_json(admin::to_json(order));
    BOOST_REQUIRE(back.has_value());
    BOOST_TEST(boost::json::serialize(admin::to_json(*back)) ==
               boost::json::serialize(admin::to_json(order)));
    BOOST_TEST(back->origin->item == "42");
    BOOST_TEST(back->media.front().alt == "A");
}

BOOST_AUTO_TEST_SUITE_END()
