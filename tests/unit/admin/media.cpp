#include "admin/upload_room.hpp"
#include "desk.hpp"

using namespace crier;
using namespace crier::test;
using namespace std::string_literals;

namespace {

std::string png_of(char width, char height) {
    return "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0"s + width + "\0\0\0"s + height + "\x08\x02\0\0\0CRC!"s +
           "\0\0\0\0IENDCRC!"s;
}

struct Studio : Desk {
    LocalResponse raw(const std::string& method, const std::string& path, const std::string& body = {}) {
        LocalRequest request;
        request.method = method;
        request.path = path;
        request.body = body;
        admin::Api api{*engine, time, true};
        std::optional<LocalResponse> answer;
        boost::asio::co_spawn(context, api.handle(std::move(request)),
                              [&](std::exception_ptr error, LocalResponse response) {
                                  BOOST_REQUIRE(!error);
                                  answer = std::move(response);
                              });
        time.run_while([&] { return !answer; });
        return *answer;
    }
    /// What the stash has of what was sent.
    std::size_t uploads() const { return media.files.size(); }
};

} // namespace

BOOST_AUTO_TEST_SUITE(admin_media)

BOOST_AUTO_TEST_CASE(a_file_is_sent_and_then_posted_by_its_token) {
    Studio studio;
    studio.start();
    const Said sent = studio.ask("POST", "/v1/media", {{"name", "sun.png"}}, png_of(3, 2));
    BOOST_TEST(sent.status == 200);
    BOOST_TEST(fields_of(sent.body) == "file name kind type width height bytes");
    BOOST_TEST(sent.text("kind") == "picture");
    BOOST_TEST(sent.text("type") == "image/png");
    BOOST_TEST(sent.number("width") == 3);
    BOOST_TEST(sent.number("height") == 2);
    BOOST_TEST(sent.number("bytes") == 45);
    BOOST_TEST(sent.text("file").size() == 32U);
    const std::string media = R"([{"upload":")" + sent.text("file") + R"(","alt":"The sun"}])";
    BOOST_TEST(studio.post_to("/v1/compose", R"({"text":"look","media":)" + media + "}").status == 200);
    const Said posted = studio.post_to("/v1/posts", R"({"text":"look","key":"k","media":)" + media + "}");
    BOOST_TEST(posted.status == 200);
    const Post& post = studio.store.post(posted.number("id"));
    BOOST_REQUIRE_EQUAL(post.content.media.size(), 1U);
    BOOST_TEST(post.content.media[0].file == "/kept/upload." + sent.text("file") + ".png");
    BOOST_TEST(!post.content.media[0].copy.empty()); // the upload may go
    BOOST_TEST(post.content.media[0].alt == "The sun");
}

BOOST_AUTO_TEST_CASE(what_is_no_picture_film_or_sound_is_refused) {
    Studio studio;
    studio.start();
    for (const std::string& body : {"hello"s, "<svg xmlns='http://www.w3.org/2000/svg'/>"s, ""s,
                                    "\x89PNG\r\n\x1a\n"s, png_of(1, 1).substr(0, 30)}) {
        const Said said = studio.ask("POST", "/v1/media", {}, body);
        BOOST_TEST(said.status == 400, body);
    }
    BOOST_TEST(studio.uploads() == 0U);
    BOOST_TEST(studio.post_to("/v1/posts", R"({"text":"x","key":"k","media":[{"upload":"00"}]})").status ==
               400);
    BOOST_TEST(studio.post_to("/v1/posts", R"({"text":"x","key":"k","media":[{"upload":"0","file":"/a"}]})")
                   .status == 400);
    BOOST_TEST(studio.store.posts.empty());
}

BOOST_AUTO_TEST_CASE(what_nobody_uses_goes_after_a_day_and_counts_until_then) {
    Studio studio;
    studio.start();
    studio.media.since = studio.time.now();
    const Said first = studio.ask("POST", "/v1/media", {}, png_of(1, 1));
    MediaFetcher::Kept large;
    large.name = "upload.large";
    large.file = "/kept/upload.large.mp4";
    large.since = studio.time.now();
    large.bytes = (256U << 20U) - 60;
    studio.media.files.push_back(large);
    const Said full = studio.ask("POST", "/v1/media", {}, png_of(1, 1));
    BOOST_TEST(full.status == 503);
    studio.time.run_for(24h + 1s);
    studio.media.since = studio.time.now();
    BOOST_TEST(studio.ask("POST", "/v1/media", {}, png_of(1, 1)).status == 200);
    BOOST_TEST(studio.uploads() == 1U);
    const Said gone = studio.post_to("/v1/posts", R"({"text":"x","key":"k","media":[{"upload":")" +
                                                      first.text("file") + "\"}]}");
    BOOST_TEST(gone.status == 400);
    BOOST_TEST(gone.text("hint").find("send it again") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_posts_own_files_are_shown_as_what_they_are) {
    Studio studio;
    studio.start();
    engine::PostOrder order = Studio::picture("look", "/srv/a.png");
    order.at = studio.time.now() + 1h;
    const PostId id = studio.hand_in(std::move(order)).value().id;
    const std::string at = "/v1/outbox/" + std::to_string(id) + "/media/";
    BOOST_TEST(studio.raw("GET", at + "1").status == 404); // there are no bytes yet
    const std::string& copy = studio.store.post(id).content.media[0].copy;
    studio.media.contents[copy] = png_of(3, 2);
    const LocalResponse shown = studio.raw("GET", at + "1");
    BOOST_TEST(shown.status == 200);
    BOOST_TEST(shown.content_type == "image/png");
    BOOST_TEST(shown.body == png_of(3, 2));
    using Header = std::pair<std::string, std::string>;
    for (const Header& header :
         {Header{"Content-Disposition", "inline"}, Header{"X-Content-Type-Options", "nosniff"}})
        BOOST_TEST((std::find(shown.headers.begin(), shown.headers.end(), header) != shown.headers.end()));
    for (const std::string& wrong : {"0"s, "2"s, "01"s, "-1"s, "1x"s, "x"s, "1/.."s, "../1"s})
        BOOST_TEST(studio.raw("GET", at + wrong).status == 404, wrong);
    BOOST_TEST(studio.raw("POST", at + "1").status == 405);
    BOOST_TEST(studio.raw("GET", "/v1/outbox/99/media/1").status == 404);
    studio.media.contents[copy] = "root:x:0:0:";
    BOOST_TEST(studio.raw("GET", at + "1").status == 404);
}

BOOST_AUTO_TEST_CASE(two_large_files_at_once_and_no_more) {
    const BodyRule rule = admin::upload_room();
    LocalRequest head;
    head.method = "POST";
    head.path = "/v1/posts";
    BOOST_TEST(rule(head).bytes == 0U);
    BOOST_TEST(!rule(head).hold);
    head.path = "/v1/media";
    BodyRoom first = rule(head);
    const BodyRoom second = rule(head);
    BOOST_TEST(first.bytes == 32U << 20U);
    BOOST_TEST(!second.refused.has_value());
    const BodyRoom third = rule(head);
    BOOST_REQUIRE(third.refused.has_value());
    BOOST_TEST(third.refused->status == 503);
    first = BodyRoom{};
    BOOST_TEST(!rule(head).refused.has_value());
}

BOOST_AUTO_TEST_CASE(what_is_no_picture_is_refused_before_it_is_a_post) {
    Studio studio;
    studio.start();
    studio.media.begin_with = "# Notes\n";
    const std::string body = R"({"text":"x","key":"k","media":[{"file":"/srv/notes.md","alt":"a"}]})";
    const Said refused = studio.post_to("/v1/posts", body);
    BOOST_TEST(refused.status == 400);
    BOOST_TEST(refused.text("error").find("/srv/notes.md is no picture, film or sound") == 0U,
               refused.text("error"));
    BOOST_TEST(studio.store.posts.empty());
    BOOST_TEST(studio.media.kept.empty()); // the copy is gone
    studio.media.begin_with = std::string{"RIFF\0\0\0\0WEBPVP8 ", 16};
    BOOST_TEST(studio.post_to("/v1/posts", body).status == 200);
    const Said scheme = studio.post_to(
        "/v1/posts", R"({"text":"x","key":"l","media":[{"url":"file:///etc/passwd","alt":"a"}]})");
    BOOST_TEST(scheme.status == 400);
    BOOST_TEST(scheme.text("error") == "in `media`: `url` begins with https:// or http://");
}

BOOST_AUTO_TEST_SUITE_END()
