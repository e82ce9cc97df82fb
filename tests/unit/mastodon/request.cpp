#include "mastodon/request.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace crier;
using namespace crier::mastodon;

namespace {

/// As Mastodon is told it.
std::string status_body(const PostContent& content) {
    return mastodon::status_body(content, kind_named("mastodon"));
}

PostContent post(std::string status) {
    PostContent content;
    content.status = std::move(status);
    return content;
}

Media uploaded(std::string id) {
    Media media;
    media.file = "/srv/" + id + ".png";
    media.server_id = std::move(id);
    return media;
}

} // namespace

BOOST_AUTO_TEST_SUITE(mastodon_request)

BOOST_AUTO_TEST_CASE(a_plain_post_says_its_visibility_and_nothing_that_was_not_said) {
    BOOST_TEST(status_body(post("Hello")) == R"({"status":"Hello","visibility":"public"})");
}

BOOST_AUTO_TEST_CASE(every_visibility_is_sent) {
    PostContent content = post("x");
    content.visibility = Visibility::unlisted;
    BOOST_TEST(status_body(content) == R"({"status":"x","visibility":"unlisted"})");
    content.visibility = Visibility::private_;
    BOOST_TEST(status_body(content) == R"({"status":"x","visibility":"private"})");
    content.visibility = Visibility::direct;
    BOOST_TEST(status_body(content) == R"({"status":"x","visibility":"direct"})");
}

BOOST_AUTO_TEST_CASE(all_that_a_post_can_have_in_order) {
    PostContent content = post("Text");
    content.media = {uploaded("22348641"), uploaded("post-0a.png")};
    content.spoiler_text = "Warning";
    content.sensitive = true;
    content.language = "de";
    BOOST_TEST(status_body(content) ==
               R"({"status":"Text","media_ids":["22348641","post-0a.png"],"visibility":"public",)"
               R"("spoiler_text":"Warning","sensitive":true,"language":"de"})");
}

BOOST_AUTO_TEST_CASE(a_part_of_a_thread_says_what_it_replies_to) {
    PostContent content = post("2/2");
    content.in_reply_to = "116";
    BOOST_TEST(status_body(content) == R"({"status":"2/2","visibility":"public","in_reply_to_id":"116"})");
}

BOOST_AUTO_TEST_CASE(a_poll_is_an_object_with_whole_seconds) {
    PostContent content = post("Tea?");
    content.poll.emplace();
    content.poll->options = {"Yes", "No"};
    content.poll->open = std::chrono::hours{24};
    content.poll->multiple = true;
    BOOST_TEST(status_body(content) ==
               R"({"status":"Tea?","visibility":"public","poll":{"options":["Yes","No"],"expires_in":86400,)"
               R"("multiple":true,"hide_totals":false}})");
}

BOOST_AUTO_TEST_CASE(what_is_quoted_and_by_whom_it_may_be) {
    PostContent content = post("So it is");
    content.quote = "115";
    content.quote_policy = QuotePolicy::followers;
    BOOST_TEST(status_body(content) ==
               R"({"status":"So it is","visibility":"public","quoted_status_id":"115","quote_id":"115",)"
               R"("quote_approval_policy":"followers"})");
}

BOOST_AUTO_TEST_CASE(markdown_says_that_it_is) {
    PostContent content = post("**so**");
    content.content_type = "text/markdown";
    BOOST_TEST(status_body(content) ==
               R"({"status":"**so**","visibility":"public","content_type":"text/markdown"})");
}

BOOST_AUTO_TEST_CASE(a_post_stays_on_its_server_in_the_words_of_its_kind) {
    PostContent content = post("x");
    content.local_only = true;
    BOOST_TEST(mastodon::status_body(content, kind_named("gotosocial")) ==
               R"({"status":"x","visibility":"public","local_only":true})");
    BOOST_TEST(mastodon::status_body(content, kind_named("akkoma")) ==
               R"({"status":"x","visibility":"local"})");
    // Whoever is named there is to get it.
    content.visibility = Visibility::direct;
    BOOST_TEST(mastodon::status_body(content, kind_named("gotosocial")) ==
               R"({"status":"x","visibility":"direct"})");
    BOOST_TEST(mastodon::status_body(content, kind_named("akkoma")) ==
               R"({"status":"x","visibility":"direct"})");
}

BOOST_AUTO_TEST_CASE(languages_are_cut_where_only_two_letters_are_taken) {
    PostContent content = post("x");
    const auto sent = [&](const char* kind) { return mastodon::status_body(content, kind_named(kind)); };
    content.language = "pt-BR";
    BOOST_TEST(sent("mastodon") == R"({"status":"x","visibility":"public","language":"pt-BR"})");
    BOOST_TEST(sent("akkoma") == R"({"status":"x","visibility":"public","language":"pt"})");
    content.language = "gsw";
    BOOST_TEST(sent("akkoma") == R"({"status":"x","visibility":"public"})");
    BOOST_TEST(edit_request("https://m.example", "1", content, kind_named("akkoma")).body.find("language") ==
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_server_that_spends_keys_is_sent_none) {
    const auto has_key = [](const char* kind) {
        const HttpRequest request = status_request("https://m.example", post("x"), "k", kind_named(kind));
        return std::any_of(request.headers.begin(), request.headers.end(),
                           [](const auto& header) { return header.first == "Idempotency-Key"; });
    };
    BOOST_TEST(has_key("mastodon"));
    BOOST_TEST(has_key("unknown"));
    BOOST_TEST(!has_key("pixelfed"));
}

BOOST_AUTO_TEST_CASE(one_picture_is_a_list_too_for_a_scalar_is_dropped_in_silence) {
    PostContent content = post("");
    content.media = {uploaded("7")};
    BOOST_TEST(status_body(content) == R"({"status":"","media_ids":["7"],"visibility":"public"})");
}

BOOST_AUTO_TEST_CASE(text_goes_through_as_it_is) {
    BOOST_TEST(status_body(post("a \"b\" \\ \n\t\x01 ä 👩‍👩‍👧 </script> &")) ==
               "{\"status\":\"a \\\"b\\\" \\\\ \\n\\t\\u0001 ä 👩‍👩‍👧 </script> "
               "&\",\"visibility\":\"public\"}");
}

BOOST_AUTO_TEST_CASE(the_request_carries_the_key_and_asks_for_json) {
    const HttpRequest request =
        status_request("https://m.example", post("x"), "00ff", kind_named("mastodon"));
    BOOST_TEST(request.method == "POST");
    BOOST_TEST(request.url == "https://m.example/api/v1/statuses");
    BOOST_TEST(request.body == status_body(post("x")));
    BOOST_TEST(request.parts.empty());
    BOOST_TEST(request.bearer.empty());
    BOOST_TEST(!request.follow_redirects);
    const HttpHeaders expected{
        {"Accept", "application/json"}, {"Content-Type", "application/json"}, {"Idempotency-Key", "00ff"}};
    BOOST_TEST((request.headers == expected));
}

BOOST_AUTO_TEST_CASE(an_edit_sends_all_that_there_is_because_what_is_left_out_is_taken_away) {
    PostContent content = post("Other words");
    content.visibility = Visibility::private_; // it cannot change
    content.media.resize(2);
    content.media[0].server_id = "7";
    content.media[0].alt = "A harbour";
    content.media[1].server_id = "8";
    const HttpRequest request =
        edit_request("https://m.example", "116/../1", content, kind_named("mastodon"));
    BOOST_TEST(request.method == "PUT");
    BOOST_TEST(request.url == "https://m.example/api/v1/statuses/116%2F..%2F1");
    BOOST_TEST(request.body ==
               R"({"status":"Other words","spoiler_text":"","sensitive":false,)"
               R"("media_attributes":[{"id":"7","description":"A harbour"},{"id":"8","description":""}],)"
               R"("media_ids":["7","8"]})");
    const HttpHeaders expected{{"Accept", "application/json"}, {"Content-Type", "application/json"}};
    BOOST_TEST((request.headers == expected));
    BOOST_TEST(edit_request("https://m.example", "1", post("x"), kind_named("mastodon")).body ==
               R"({"status":"x","spoiler_text":"","sensitive":false,"media_ids":[]})");
}

/// A poll that is left out is destroyed; one with other options, or another kind of choice, loses its votes.
BOOST_AUTO_TEST_CASE(an_edit_sends_the_poll_the_focal_points_and_the_kind_of_text_along) {
    PostContent content = post("Which?");
    content.poll.emplace();
    content.poll->options = {"this", "that"};
    content.poll->open = std::chrono::hours{1}; // that are left of it
    content.poll->multiple = true;
    content.content_type = "text/markdown";
    content.quote_policy = QuotePolicy::followers;
    content.media.resize(1);
    content.media[0].server_id = "7";
    content.media[0].focus = Focus{-0.5, 0.25};
    BOOST_TEST(
        edit_request("https://m.example", "1", content, kind_named("mastodon")).body ==
        R"({"status":"Which?","spoiler_text":"","sensitive":false,)"
        R"("media_attributes":[{"id":"7","description":"","focus":"-0.5000,0.2500"}],"media_ids":["7"],)"
        R"("poll":{"options":["this","that"],"expires_in":3600,"multiple":true,"hide_totals":false},)"
        R"("content_type":"text/markdown","quote_approval_policy":"followers"})");
}

BOOST_AUTO_TEST_CASE(a_pin_names_the_status_and_no_more) {
    BOOST_TEST(pin_request("https://m.example", "116", true).method == "POST");
    BOOST_TEST(pin_request("https://m.example", "116", true).url ==
               "https://m.example/api/v1/statuses/116/pin");
    BOOST_TEST(pin_request("https://m.example", "1/../6", false).url ==
               "https://m.example/api/v1/statuses/1%2F..%2F6/unpin");
    BOOST_TEST(pin_request("https://m.example", "116", true).body == "");
}

BOOST_AUTO_TEST_CASE(a_deletion_names_the_status_and_no_more) {
    const HttpRequest request = remove_request("https://m.example", "116");
    BOOST_TEST(request.method == "DELETE");
    BOOST_TEST(request.url == "https://m.example/api/v1/statuses/116");
    BOOST_TEST(request.body == "");
}

BOOST_AUTO_TEST_CASE(an_upload_streams_the_file_with_its_type_and_alt_text) {
    Media media;
    media.file = "/srv/art/Sunrise over Kiel.JPG";
    media.alt = "The sun";
    const HttpRequest request = media_request("https://m.example:8443", "/api/v2/media", media);
    BOOST_TEST(request.method == "POST");
    BOOST_TEST(request.url == "https://m.example:8443/api/v2/media");
    BOOST_TEST(request.body == "");
    const HttpHeaders expected{{"Accept", "application/json"}};
    BOOST_TEST((request.headers == expected));
    BOOST_REQUIRE(request.parts.size() == 2U);
    BOOST_TEST(request.parts[0].name == "file");
    BOOST_TEST(request.parts[0].file == media.file);
    BOOST_TEST(request.parts[0].filename == "Sunrise over Kiel.JPG");
    BOOST_TEST(request.parts[0].content_type == "image/jpeg");
    BOOST_TEST(request.parts[1].name == "description");
    BOOST_TEST(request.parts[1].value == "The sun");
    BOOST_TEST(request.parts[1].file == "");
}

BOOST_AUTO_TEST_CASE(without_alt_text_no_description_is_sent) {
    Media media;
    media.file = "x.png";
    BOOST_TEST(media_request("https://m.example", "/api/v1/media", media).parts.size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_stays_in_view_goes_along_in_numbers_with_a_point) {
    const std::pair<Focus, std::string> table[] = {
        {{0, 0}, "0.0000,0.0000"}, {{-0.25, 1}, "-0.2500,1.0000"}, {{1.5, -7}, "1.0000,-1.0000"}};
    for (const auto& [focus, value] : table) {
        Media media;
        media.file = "x.png";
        media.focus = focus;
        const HttpRequest request = media_request("s", "p", media);
        BOOST_REQUIRE(request.parts.size() == 2U);
        BOOST_TEST(request.parts[1].name == "focus");
        BOOST_TEST(request.parts[1].value == value);
        BOOST_TEST(request.parts[1].file == "");
    }
}

BOOST_AUTO_TEST_CASE(a_thumbnail_is_a_file_of_its_own_under_a_name_that_tells_nothing) {
    Media media;
    media.file = "/srv/clip.mp4";
    media.thumbnail = "/home/me/cover of it.jpg";
    HttpRequest request = media_request("s", "p", media);
    BOOST_REQUIRE(request.parts.size() == 2U);
    BOOST_TEST(request.parts[1].name == "thumbnail");
    BOOST_TEST(request.parts[1].file == media.thumbnail);
    BOOST_TEST(request.parts[1].filename == "thumbnail.jpg");
    BOOST_TEST(request.parts[1].content_type == "image/jpeg");
    media.thumbnail_copy = "/var/lib/crier/media/1-0t-00112233.jpg";
    request = media_request("s", "p", media);
    BOOST_TEST(request.parts[1].file == media.thumbnail_copy);
}

BOOST_AUTO_TEST_CASE(a_name_goes_with_the_type_that_is_sent) {
    const std::tuple<std::string, std::string, std::string> table[] = {
        {"/a/x.png", "image/png", "x.png"},       {"/a/x.png", "image/jpeg", "x.png.jpg"},
        {"/a/x", "video/mp4", "x.mp4"},           {"/a/x.jpeg", "image/jpeg", "x.jpeg"},
        {"/a/x.odd", "application/odd", "x.odd"}, {"/a/x.odd", "", "x.odd"},
    };
    for (const auto& [file, type, name] : table) {
        Media media;
        media.file = file;
        media.type = type;
        BOOST_TEST(media_request("s", "p", media).parts[0].filename == name);
    }
}

BOOST_AUTO_TEST_CASE(a_known_type_wins_over_the_name_and_a_meaningless_one_does_not) {
    Media media;
    media.file = "/cache/123.png";
    media.type = "image/webp";
    BOOST_TEST(media_request("s", "p", media).parts[0].content_type == "image/webp");
    media.type = "application/octet-stream";
    BOOST_TEST(media_request("s", "p", media).parts[0].content_type == "image/png");
}

BOOST_AUTO_TEST_CASE(types_by_name) {
    BOOST_TEST(media_type_of("a.png") == "image/png");
    BOOST_TEST(media_type_of("a.b.JpEg") == "image/jpeg");
    BOOST_TEST(media_type_of("/x/a.webp") == "image/webp");
    BOOST_TEST(media_type_of("a.mp4") == "video/mp4");
    BOOST_TEST(media_type_of("a.mov") == "video/quicktime");
    BOOST_TEST(media_type_of("a.flac") == "audio/flac");
    BOOST_TEST(media_type_of("png") == "application/octet-stream");
    BOOST_TEST(media_type_of("a.exe") == "application/octet-stream");
    BOOST_TEST(media_type_of("a.") == "application/octet-stream");
    BOOST_TEST(media_type_of("") == "application/octet-stream");
}

BOOST_AUTO_TEST_CASE(an_id_of_the_server_leads_to_no_other_path) {
    BOOST_TEST(media_state_request("https://m.example", "22348641").url ==
               "https://m.example/api/v1/media/22348641");
    BOOST_TEST(media_state_request("https://s.example", "post-0123abcd.png").url ==
               "https://s.example/api/v1/media/post-0123abcd.png");
    BOOST_TEST(media_state_request("https://m.example", "../../oauth/revoke?x#y\r\nA: b").url ==
               "https://m.example/api/v1/media/..%2F..%2Foauth%2Frevoke%3Fx%23y%0D%0AA%3A%20b");
    BOOST_TEST(media_state_request("https://m.example", "1").method == "GET");
}

BOOST_AUTO_TEST_SUITE_END()
