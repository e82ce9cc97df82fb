#include "desk.hpp"
#include "sandbox/content/picture.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::sandbox;
using namespace crier::sandbox::test;
using namespace std::chrono_literals;

namespace {

/// A film: a head, a movie header and as much data as is wanted. The smallest that is one.
std::string film(std::size_t size) {
    const auto box = [](const std::string& name, const std::string& inside) {
        const auto length = static_cast<std::uint32_t>(inside.size() + 8);
        std::string out;
        for (int shift = 24; shift >= 0; shift -= 8)
            out += static_cast<char>((length >> static_cast<unsigned>(shift)) & 0xFFU);
        return out + name + inside;
    };
    std::string track(84, '\0'); // tkhd: its last eight bytes are width and height, 16.16
    track[77] = 64;
    track[81] = 32;
    const std::string handler = std::string(8, '\0') + "vide" + std::string(13, '\0');
    const std::string head = box("ftyp", "isom" + std::string(4, '\0') + "isom") +
                             box("moov", box("trak", box("tkhd", track) + box("mdia", box("hdlr", handler))));
    return head + box("mdat", std::string(size > head.size() + 8 ? size - head.size() - 8 : 0, 'x'));
}

const std::string mp3 = [] {
    std::string frame{"\xFF\xFB\x90\x00", 4}; // 128 kbit/s at 44.1 kHz: 417 bytes
    frame.resize(417, '\0');
    return frame + frame + frame;
}();

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

BOOST_AUTO_TEST_CASE(processing_may_take_its_time_on_the_clock) {
    Desk desk;
    pending(desk, R"("wait":30)");
    const std::string body = file_part("file", "a.png", "image/png", make_picture(1, 32, 32)) + "--b--\r\n";
    const Response made = desk.ask("POST", "/api/v2/media", body, multipart);
    BOOST_TEST(made.status == 202);
    const std::string path = "/api/v1/media/" + field(made, "id");
    for (int i = 0; i < 5; ++i)
        BOOST_TEST(desk.ask("GET", path).status == 206); // looking does not help
    desk.now += 29s;
    BOOST_TEST(desk.ask("GET", path).status == 206);
    desk.control("PUT", "/sandbox/clock", R"({"advance":1})");
    BOOST_TEST(desk.ask("GET", path).status == 200);
    pending(desk, R"("wait":30,"polls":1,"failed":true)");
    const std::string failing =
        "/api/v1/media/" + field(desk.ask("POST", "/api/v2/media", body, multipart), "id");
    desk.now += 31s;
    BOOST_TEST(desk.ask("GET", failing).status == 206);
    BOOST_TEST(desk.ask("GET", failing).status == 422);
    BOOST_TEST(desk.ask("PUT", failing, "description=x").status == 422);
}

BOOST_AUTO_TEST_CASE(uploads_are_answered_as_each_kind_does) {
    const struct {
        Kind kind;
        int picture; ///< POST /api/v2/media
        int movie;
        bool told; ///< the film's address, at once
        int look;  ///< GET of the film, with a token that may only write
        int attached;
    } cases[] = {
        {Kind::mastodon_4_6, 200, 202, false, 206, 404}, {Kind::mastodon_3_5, 200, 202, false, 206, 404},
        {Kind::gotosocial, 200, 200, true, 200, 200},    {Kind::pleroma, 202, 202, true, 403, 200},
        {Kind::akkoma, 202, 202, true, 403, 200},        {Kind::pixelfed, 202, 202, false, 403, 404},
        {Kind::snac, 200, 200, true, 404, 404},          {Kind::sharkey, 200, 200, true, 200, 200},
        {Kind::iceshrimp, 200, 200, true, 200, 200},     {Kind::friendica, 200, 200, true, 200, 200},
    };
    for (const auto& one : cases) {
        BOOST_TEST_CONTEXT(name_of(one.kind)) {
            Desk desk{one.kind};
            BOOST_TEST(upload_bytes(desk, make_picture(1, 32, 32), "image/png").status == one.picture);
            const Response movie = upload_bytes(desk, film(1000), "video/mp4");
            BOOST_TEST(movie.status == one.movie);
            const bool told = !parsed(movie).at("url").is_null();
            BOOST_TEST(told == one.told); // a 202 may well have its address
            const std::string id = field(movie, "id");
            BOOST_TEST(desk.ask("GET", "/api/v1/media/" + id).status == one.look);
            desk.control("PUT", "/sandbox/tokens",
                         R"({"account":"bot","token":"all","scopes":"read read:media write"})");
            desk.token = "all";
            if (one.look == 403)
                BOOST_TEST(desk.ask("GET", "/api/v1/media/" + id).status == 200);
            desk.now += 3s;
            const Response posted = desk.post("status=a&media_ids[]=" + id);
            BOOST_TEST(posted.status == 200);
            BOOST_TEST(parsed(posted).at("media_attachments").as_array().size() == 1U);
            BOOST_TEST(desk.ask("GET", "/api/v1/media/" + id).status == one.attached);
        }
    }
    Desk desk;
    const std::string body = file_part("file", "a.mp4", "video/mp4", film(1000)) + "--b--\r\n";
    BOOST_TEST(desk.ask("POST", "/api/v1/media", body, multipart).status == 200); // the first API waits
    Desk snac{Kind::snac};
    const std::string id = snac.upload();
    const auto bare = parsed(snac.post("status=a&media_ids=" + id)).at("media_attachments").at(0).as_object();
    BOOST_TEST(!bare.contains("blurhash"));
    BOOST_TEST(!bare.contains("meta"));
    BOOST_TEST(bare.at("id").as_string() != id); // another name for the same file
    BOOST_TEST(snac.post("status=a&media_ids[]=nothing").status == 200);
    BOOST_TEST(upload_bytes(snac, "junk", "image/png").status == 200);
}

BOOST_AUTO_TEST_CASE(media_serve_once_or_again) {
    const struct {
        Kind kind;
        int again;
        int unknown;
    } cases[] = {{Kind::mastodon_4_6, 422, 422}, {Kind::mastodon_3_5, 200, 200}, {Kind::gotosocial, 400, 400},
                 {Kind::pleroma, 200, 200},      {Kind::akkoma, 200, 422},       {Kind::iceshrimp, 200, 200},
                 {Kind::sharkey, 200, 400},      {Kind::snac, 200, 200},         {Kind::pixelfed, 400, 400}};
    for (const auto& one : cases) {
        Desk desk{one.kind};
        const std::string media = "status=a&media_ids[]=" + desk.upload();
        BOOST_TEST(desk.post(media).status == 200, name_of(one.kind));
        BOOST_TEST(desk.post(media).status == one.again, name_of(one.kind));
        BOOST_TEST(desk.post("status=a&media_ids[]=7").status == one.unknown, name_of(one.kind));
    }
}

BOOST_AUTO_TEST_CASE(films_and_pictures_together_are_mastodon_s_grief_only) {
    for (const Kind kind : {Kind::mastodon_4_6, Kind::gotosocial, Kind::akkoma}) {
        Desk desk{kind};
        const std::string both = "status=a&media_ids[]=" + desk.upload() +
                                 "&media_ids[]=" + field(upload_bytes(desk, film(1000), "video/mp4"), "id");
        desk.now += 3s;
        BOOST_TEST(desk.post(both).status == (kind == Kind::mastodon_4_6 ? 422 : 200), name_of(kind));
    }
}

BOOST_AUTO_TEST_CASE(the_bytes_say_what_a_file_is) {
    Desk desk;
    const struct {
        std::string bytes;
        const char* claimed;
        int status;
        const char* type;
    } cases[] = {
        {make_picture(1, 32, 32), "application/octet-stream", 200, "image"},
        {make_picture(1, 32, 32), "video/mp4", 200, "image"},
        {film(1000), "image/png", 202, "video"},
        {mp3, "text/plain", 202, "audio"},
        {"not a picture at all", "image/png", 422, "(none)"},
        {make_picture(1, 32, 32).substr(0, 60), "image/png", 500, "(none)"},
    };
    for (const auto& one : cases) {
        const Response made = upload_bytes(desk, one.bytes, one.claimed);
        BOOST_TEST(made.status == one.status, one.claimed);
        BOOST_TEST(field(made, "type") == one.type, one.claimed);
    }
    Desk pixelfed{Kind::pixelfed}; // takes pictures and MP4 only
    BOOST_TEST(upload_bytes(pixelfed, mp3, "audio/mpeg").status == 422);
}

BOOST_AUTO_TEST_CASE(size_and_pixels_as_the_instance_says) {
    Desk desk;
    desk.control("PUT", "/sandbox/settings",
                 R"({"image_bytes":2048,"video_bytes":1048576,"image_pixels":1000,"video_pixels":2000})");
    const auto told = parsed(desk.ask("GET", "/api/v2/instance")).at("configuration").at("media_attachments");
    BOOST_TEST(told.at("image_size_limit").as_int64() == 2048);
    BOOST_TEST(told.at("video_matrix_limit").as_int64() == 2000);
    BOOST_TEST(error_of(upload_bytes(desk, make_picture(1, 32, 32), "image/png")) ==
               "32x32 images are not supported");
    BOOST_TEST(error_of(upload_bytes(desk, make_picture(1, 200, 200), "image/png")) ==
               "Validation failed: File file size must be less than 2 KB, File is invalid");
    BOOST_TEST(error_of(upload_bytes(desk, film(1000), "video/mp4")) == "64x32 videos are not supported");
    BOOST_TEST(error_of(upload_bytes(desk, film(1'048'577), "video/mp4")) ==
               "Validation failed: File file size must be less than 1 MB, File is invalid");
    desk.control("PUT", "/sandbox/settings", R"({"video_pixels":2048})");
    BOOST_TEST(upload_bytes(desk, film(1'048'576), "video/mp4").status == 202);
    Desk gts{Kind::gotosocial};
    gts.control("PUT", "/sandbox/settings", R"({"image_bytes":10})");
    BOOST_TEST(upload_bytes(gts, make_picture(1, 32, 32), "image/png").status == 400);
    BOOST_TEST(upload_bytes(gts, "junk", "image/png").status == 422);
}

BOOST_AUTO_TEST_CASE(a_thumbnail_is_for_films_and_sounds) {
    Desk desk;
    const std::string picture = make_picture(2, 16, 16);
    const std::string thumbnail = file_part("thumbnail", "t.png", "image/png", picture);
    const auto with = [&](const std::string& bytes, const std::string& more) {
        return desk.ask("POST", "/api/v2/media", file_part("file", "f", "x/y", bytes) + more + "--b--\r\n",
                        multipart);
    };
    const Response wrong = with(make_picture(1, 32, 32), thumbnail);
    BOOST_TEST(wrong.status == 422);
    BOOST_TEST(error_of(wrong) == "Validation failed: Thumbnail must be blank");
    BOOST_TEST(with(mp3, file_part("thumbnail", "t", "image/png", "junk")).status == 422);
    BOOST_TEST(parsed(with(mp3, "")).at("preview_url").is_null());
    const Response made = with(mp3, thumbnail);
    BOOST_TEST(made.status == 202);
    const std::string preview = field(made, "preview_url");
    BOOST_TEST(desk.ask("GET", preview.substr(preview.find("/media/"))).body == picture);
    const std::string plain = field(with(film(1000), ""), "id");
    desk.now += 3s;
    const Response later = desk.ask("PUT", "/api/v1/media/" + plain,
                                    thumbnail + text_part("focus", "1,-1") + "--b--\r\n", multipart);
    BOOST_TEST(later.status == 200);
    BOOST_TEST(field(later, "preview_url").find("/small") != std::string::npos);
    BOOST_TEST(parsed(later).at("meta").at("focus").at("y").as_double() == -1.0);
    BOOST_TEST(Desk{Kind::gotosocial}.upload(thumbnail) != "(none)"); // knows no such thing
}

BOOST_AUTO_TEST_CASE(what_came_in_can_be_had_as_it_came) {
    Desk desk;
    const std::string bytes = make_picture(3, 16, 16);
    const std::string id = field(upload_bytes(desk, bytes, "image/png"), "id");
    const Response got = desk.control("GET", "/sandbox/media/" + id);
    BOOST_TEST(got.body == bytes);
    BOOST_TEST(got.header("Content-Type") == "image/png");
    const auto list = parsed(desk.control("GET", "/sandbox/media")).as_array();
    BOOST_TEST(list.at(0).at("size").as_int64() == static_cast<std::int64_t>(bytes.size()));
    BOOST_TEST(desk.control("GET", "/sandbox/media/7").status == 404);
}

BOOST_AUTO_TEST_CASE(a_hundred_megabytes_are_taken_and_shared) {
    Desk desk;
    const std::string body = file_part("file", "f.mp4", "video/mp4", film(100'000'000)) + "--b--\r\n";
    const Response made = desk.ask("POST", "/api/v2/media", body, multipart);
    BOOST_TEST(made.status == 202);
    BOOST_TEST(desk.world.media.find(field(made, "id"))->bytes.size() == 100'000'000U);
}

BOOST_AUTO_TEST_CASE(an_upload_cut_in_the_middle_is_in_the_log_and_made_nothing) {
    Desk desk;
    desk.control("POST", "/sandbox/faults", R"({"faults":[{"on":"POST media","do":"cut_upload"}]})");
    const Request other = desk.request("GET", "/api/v2/instance");
    BOOST_TEST(!desk.server.cut_after(other, 0));
    const Request head = desk.request("POST", "/api/v2/media");
    BOOST_TEST(desk.server.cut_after(head, 1000).value_or(0) == 500U);
    BOOST_TEST(desk.world.log.entries().back().fault == "cut_upload");
    BOOST_TEST(desk.world.log.entries().back().status == 0);
    BOOST_TEST(!desk.server.cut_after(head, 1000)); // once
    BOOST_TEST(desk.world.media.all().empty());
    BOOST_TEST(desk.upload() != "(none)");
}

BOOST_AUTO_TEST_SUITE_END()
