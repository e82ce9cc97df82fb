#include "desk.hpp"
#include "sandbox/content/picture.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::sandbox;
using namespace crier::sandbox::test;
using namespace std::chrono_literals;

namespace {

void pending(Desk& desk, const std::string& more) {
    desk.control("POST", "/sandbox/faults",
                 R"({"faults":[{"on":"POST media","do":"media_pending",)" + more + "}]}");
}

Response upload_bytes(Desk& desk, const std::string& bytes, const std::string& type) {
    return desk.ask("POST", "/api/v2/media", file_part("file", "f", type, bytes) + "--b--\r\n", multipart);
}

} // namespace

BOOST_AUTO_TEST_SUITE(sandbox_media)

BOOST_AUTO_TEST_CASE(a_picture_is_ready_at_once_and_its_bytes_are_served) {
    Desk desk;
    const std::string bytes = make_picture(1, 32, 32);
    const Response made =
        desk.ask("POST", "/api/v2/media",
                 file_part("file", "a.png", "image/png", bytes) + text_part("description", "A view") +
                     text_part("focus", "-0.5,1") + "--b--\r\n",
                 multipart);
    BOOST_TEST(made.status == 200);
    BOOST_TEST(field(made, "type") == "image");
    BOOST_TEST(field(made, "description") == "A view");
    BOOST_TEST(parsed(made).at("meta").at("focus").at("x").as_double() == -0.5);
    const std::string url = field(made, "url");
    const Response file = desk.ask("GET", url.substr(url.find("/media/")));
    BOOST_TEST(file.body == bytes);
    BOOST_TEST(file.header("Content-Type") == "image/png");
}

BOOST_AUTO_TEST_CASE(what_is_processed_is_202_then_206_then_200) {
    Desk desk;
    pending(desk, R"("polls":2)");
    const std::string body = file_part("file", "a.png", "image/png", make_picture(1, 32, 32)) + "--b--\r\n";
    const Response made = desk.ask("POST", "/api/v2/media", body, multipart);
    BOOST_TEST(made.status == 202);
    BOOST_TEST(parsed(made).at("url").is_null());
    const std::string id = field(made, "id");
    const Response early = desk.post("status=a&media_ids[]=" + id);
    BOOST_TEST(early.status == 422);
    BOOST_TEST(error_of(early) ==
               "Cannot attach files that have not finished processing. Try again in a moment!");
    BOOST_TEST(desk.ask("GET", "/api/v1/media/" + id).status == 206);
    BOOST_TEST(desk.ask("PUT", "/api/v1/media/" + id, "description=x").status == 206);
    BOOST_TEST(desk.ask("GET", "/api/v1/media/" + id).status == 206);
    const Response ready = desk.ask("GET", "/api/v1/media/" + id);
    BOOST_TEST(ready.status == 200);
    BOOST_TEST(field(ready, "url") != "(none)");
    BOOST_TEST(desk.post("status=a&media_ids[]=" + id).status == 200);
    BOOST_TEST(desk.ask("GET", "/api/v1/media/" + id).status == 404); // attached
}

BOOST_AUTO_TEST_CASE(processing_may_fail_and_then_it_cannot_be_attached) {
    Desk desk;
    pending(desk, R"("polls":1,"failed":true)");
    const std::string id = desk.upload();
    BOOST_TEST(desk.ask("GET", "/api/v1/media/" + id).status == 206);
    BOOST_TEST(desk.ask("GET", "/api/v1/media/" + id).status == 422);
    BOOST_TEST(desk.post("status=a&media_ids[]=" + id).status == 422);
}

BOOST_AUTO_TEST_CASE(an_id_is_good_for_one_status_and_for_its_owner) {
    Desk desk;
    const std::string id = desk.upload();
    desk.token = "reading-token";
    BOOST_TEST(error_of(desk.post("status=a&media_ids[]=" + id + "&media_ids[]=7")) ==
               "Media " + id + ", 7 not found or already attached to another post");
    BOOST_TEST(desk.ask("GET", "/api/v1/media/" + id).status == 404);
    desk.token = "sandbox-token";
    const std::string first = field(desk.post("media_ids[]=" + id), "id"); // no text is needed
    BOOST_TEST(first != "(none)");
    BOOST_TEST(desk.post("status=b&media_ids[]=" + id).status == 422);
    (void)desk.ask("DELETE", "/api/v1/statuses/" + first);
    BOOST_TEST(desk.post("status=b&media_ids[]=" + id).status == 200); // free again
}

BOOST_AUTO_TEST_CASE(before_4_3_unknown_media_are_dropped_in_silence) {
    Desk desk{Kind::mastodon_4_2};
    BOOST_TEST(desk.post("status=a&media_ids[]=7").status == 200);
    BOOST_TEST(desk.world.statuses.all()[0].media.empty());
}

BOOST_AUTO_TEST_CASE(gotosocial_says_400_and_what_it_is) {
    Desk desk{Kind::gotosocial};
    const std::string id = desk.upload();
    BOOST_TEST(desk.post("status=a&media_ids[]=" + id).status == 200);
    const Response used = desk.post("status=a&media_ids[]=" + id);
    BOOST_TEST(used.status == 400);
    BOOST_TEST(error_of(used).find("media already attached to status: " + id) != std::string::npos);
    BOOST_TEST(error_of(desk.post("status=a&media_ids[]=X")).find("media not found: X") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(not_more_than_four_and_no_poll_beside_them_before_4_6) {
    Desk desk{Kind::mastodon_4_5};
    std::string ids;
    for (int i = 0; i < 4; ++i)
        ids += "&media_ids[]=" + desk.upload();
    const std::string poll = "&poll[options][]=a&poll[options][]=b&poll[expires_in]=300";
    BOOST_TEST(error_of(desk.post("status=a" + ids + "&media_ids[]=1")) == "Cannot attach more than 4 files");
    BOOST_TEST(desk.post("status=a" + ids + poll).status == 422);
    desk.control("PUT", "/sandbox/settings", R"({"polls_with_media":true})");
    BOOST_TEST(desk.post("status=a" + ids + poll).status == 200);
}

BOOST_AUTO_TEST_CASE(a_forgotten_file_goes_in_the_night_after_a_day) {
    BOOST_TEST(rfc3339(vacuum_time(*parse_rfc3339("2026-01-05T02:59:00Z")), 0) == "2026-01-06T03:00:00Z");
    BOOST_TEST(rfc3339(vacuum_time(*parse_rfc3339("2026-01-05T09:00:00Z")), 0) == "2026-01-07T03:00:00Z");
    Desk desk; // 09:00
    const std::string forgotten = desk.upload();
    const std::string used = desk.upload();
    const std::string id = field(desk.post("media_ids[]=" + used), "id");
    desk.now += 41h;
    BOOST_TEST(desk.ask("GET", "/api/v1/media/" + forgotten).status == 200);
    desk.now += 1h;
    BOOST_TEST(desk.ask("GET", "/api/v1/media/" + forgotten).status == 404);
    BOOST_TEST(parsed(desk.ask("GET", "/api/v1/statuses/" + id)).is_object());
    BOOST_TEST(desk.ask("GET", "/media/" + used).status == 200);
}

BOOST_AUTO_TEST_CASE(wrong_files_are_refused_each_in_its_way) {
    Desk desk;
    BOOST_TEST(error_of(desk.ask("POST", "/api/v2/media", text_part("description", "x") + "--b--\r\n",
                                 multipart)) == "Validation failed: File can't be blank");
    BOOST_TEST(upload_bytes(desk, "hello", "text/plain").status == 422);
    const Response damaged = upload_bytes(desk, make_picture(1, 32, 32).substr(0, 60), "image/png");
    BOOST_TEST(damaged.status == 500);
    BOOST_TEST(error_of(damaged) == "Error processing thumbnail for uploaded media");
    desk.control("PUT", "/sandbox/settings", R"({"description_limit":3})");
    const std::string file = file_part("file", "a.png", "image/png", make_picture(1, 32, 32));
    BOOST_TEST(error_of(desk.ask("POST", "/api/v2/media",
                                 file + text_part("description", "four") + "--b--\r\n", multipart)) ==
               "Validation failed: Description is too long (maximum is 3 characters)");
    desk.control("PUT", "/sandbox/settings", R"({"language":"de"})");
    BOOST_TEST(error_of(upload_bytes(desk, "hello", "text/plain")).find("Dateityp") == std::string::npos);
    BOOST_TEST(error_of(upload_bytes(desk, "hello", "text/plain")).find("fehlgeschlagen") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(deleting_a_file_came_with_4_4) {
    Desk desk;
    const std::string id = desk.upload();
    const std::string used = desk.upload();
    (void)desk.post("media_ids[]=" + used);
    BOOST_TEST(desk.ask("DELETE", "/api/v1/media/" + id).body == "{}");
    BOOST_TEST(desk.ask("DELETE", "/api/v1/media/" + id).status == 404);
    BOOST_TEST(desk.ask("DELETE", "/api/v1/media/" + used).status == 422);
}

BOOST_AUTO_TEST_CASE(an_older_server_has_the_first_api_only) {
    Desk desk;
    desk.control("POST", "/sandbox/faults", R"({"faults":[{"on":"*","do":"no_v2","count":2}]})");
    const std::string body = file_part("file", "a.png", "image/png", make_picture(1, 32, 32)) + "--b--\r\n";
    BOOST_TEST(desk.ask("POST", "/api/v2/media", body, multipart).status == 404);
    BOOST_TEST(desk.ask("POST", "/api/v1/media", body, multipart).status == 200);
    BOOST_TEST(desk.ask("GET", "/api/v2/instance").status == 404);
    BOOST_TEST(desk.ask("GET", "/api/v2/instance").status == 200);
}

BOOST_AUTO_TEST_CASE(the_shelf_forgets_the_oldest_bytes_when_it_is_full) {
    MediaShelf shelf;
    for (int i = 0; i < 6; ++i) {
        Attachment one;
        one.id = std::to_string(i);
        one.bytes = std::string(100U << 20U, 'x');
        (void)shelf.add(std::move(one));
    }
    BOOST_TEST(shelf.find("0")->bytes.empty());
    BOOST_TEST(!shelf.find("5")->bytes.empty());
}

BOOST_AUTO_TEST_SUITE_END()
