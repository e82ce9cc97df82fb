// Files from the disk to the server: large ones, slow and failing processing, cut uploads, what is taken out,
// what is made smaller.

#include "bot.hpp"
#include "files.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

using namespace crier::test;
namespace json = boost::json;
namespace media = crier::media;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool plain_memory = false;
#else
constexpr bool plain_memory = true;
#endif

/// A film of so many bytes, of which the disk holds few.
std::string sparse_film(const TempDir& directory, std::uint64_t size) {
    std::string path = directory.file("clip.mp4");
    FilmParts parts;
    const std::string head = film(parts);
    const std::uint64_t rest = size - head.size();
    write_file(path, head + media::big_text(rest, 4) + "mdat");
    std::filesystem::resize_file(path, size);
    return path;
}

/// KiB of this process, by the name of the line.
long memory_of(pid_t pid, const std::string& line) {
    std::ifstream status{"/proc/" + std::to_string(pid) + "/status"};
    for (std::string text; std::getline(status, text);)
        if (text.starts_with(line + ":"))
            return std::strtol(text.c_str() + line.size() + 1, nullptr, 10);
    return 0;
}

std::string reason_of(Bot& bot) {
    return std::string{bot.outbox().at(0).at("reason").as_string()};
}

std::string state_of(Bot& bot) {
    return std::string{bot.outbox().at(0).at("state").as_string()};
}

bool published(Bot& bot) {
    return eventually([&] { return bot.count("published") == 1; });
}

/// Of the first attachment of the first status, as it was uploaded.
std::string uploaded_bytes(Sandbox& sandbox) {
    const json::array statuses = sandbox.statuses();
    const std::string id{statuses.at(0).at("media").at(0).at("id").as_string()};
    return sandbox.get("/media/" + id);
}

/// Posts that file, to be stripped.
void post_stripped(Bot& bot, const std::string& file) {
    const Finished posted =
        bot.crier({"post", "look", "--media", file, "--alt", "a place", "--strip-metadata"});
    if (posted.code != 0)
        throw std::runtime_error(posted.err);
}

} // namespace

BOOST_AUTO_TEST_SUITE(integration_media)

BOOST_AUTO_TEST_CASE(a_hundred_megabytes_arrive_through_little_memory) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, ""};
    const std::string file = sparse_film(directory, 100'000'000);
    bot.start();
    BOOST_TEST(bot.crier({"post", "first", "--wait"}).code == 0); // what a first request takes once
    const long before = memory_of(bot.pid(), "VmRSS");
    const Finished posted = bot.crier({"post", "look", "--media", file, "--alt", "a clip", "--wait"});
    BOOST_TEST(posted.code == 0, posted.err);
    const long growth = memory_of(bot.pid(), "VmHWM") - before;
    BOOST_TEST_MESSAGE("the daemon grew by " << growth << " KiB");
    if (plain_memory)
        BOOST_TEST(growth <= 8 * 1024);
    BOOST_TEST(sandbox.requests("POST /api/v2/media").size() == 1U);
    const json::array statuses = sandbox.statuses();
    BOOST_TEST(statuses.size() == 2U);
    BOOST_TEST((!std::filesystem::exists(directory.file("media/ready")) ||
                std::filesystem::is_empty(directory.file("media/ready"))));
}

BOOST_AUTO_TEST_CASE(processing_of_half_a_minute_is_awaited) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, ""};
    write_file(directory.file("clip.mp4"), film());
    bot.start();
    BOOST_TEST(bot.crier({"post", "look", "--media", directory.file("clip.mp4"), "--alt", "a clip"}).code ==
               0);
    BOOST_REQUIRE(eventually([&] { return sandbox.requests("POST /api/v2/media").size() == 1; }));
    json::object back;
    back["advance"] = -28; // of the two seconds that it takes there, thirty
    (void)sandbox.control("PUT", "/sandbox/clock", back);
    BOOST_TEST(eventually([&] { return sandbox.requests("GET /api/v1/media/").size() >= 2; }));
    BOOST_TEST(state_of(bot) == "uploading");
    json::object on;
    on["advance"] = 60;
    (void)sandbox.control("PUT", "/sandbox/clock", on);
    BOOST_TEST(published(bot));
    BOOST_TEST(sandbox.requests("POST /api/v2/media").size() == 1U);
    BOOST_TEST(sandbox.requests("GET /api/v1/media/").size() <= 5U);
}

BOOST_AUTO_TEST_CASE(processing_that_fails_is_told_with_the_file_and_the_servers_words) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, ""};
    write_file(directory.file("clip.mp4"), film());
    json::object fails;
    fails["polls"] = 1;
    fails["failed"] = true;
    sandbox.fault("POST media", "media_pending", 1, fails);
    bot.start();
    BOOST_TEST(bot.crier({"post", "look", "--media", directory.file("clip.mp4"), "--alt", "a clip"}).code ==
               0);
    BOOST_TEST(eventually([&] { return bot.count("failed") == 1; }));
    BOOST_TEST(reason_of(bot) ==
               directory.file("clip.mp4") + ": 422 Error processing thumbnail for uploaded media");
    BOOST_TEST(sandbox.statuses().empty());
}

BOOST_AUTO_TEST_CASE(an_upload_that_was_cut_is_made_anew) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, ""};
    write_file(directory.file("a.png"), png_file(300, 200));
    sandbox.fault("POST media", "cut");
    sandbox.fault("POST media", "reset");
    json::object after;
    after["effect"] = "after"; // an orphan, which harms nobody
    sandbox.fault("POST media", "cut", 1, after);
    bot.start();
    const Finished posted =
        bot.crier({"post", "look", "--media", directory.file("a.png"), "--alt", "a dot", "--wait"});
    BOOST_TEST(posted.code == 0, posted.err);
    BOOST_TEST(sandbox.requests("POST /api/v2/media").size() == 4U);
    BOOST_TEST(sandbox.statuses().size() == 1U);
    BOOST_TEST(sandbox.statuses().at(0).at("media").as_array().size() == 1U);
    BOOST_TEST((uploaded_bytes(sandbox) == png_file(300, 200)));
}

BOOST_AUTO_TEST_CASE(killed_while_it_uploads_it_uploads_anew_and_killed_later_it_keeps_the_id) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, "", "      # nothing more\n"};
    write_file(directory.file("clip.mp4"), film());
    sandbox.fault("POST media", "hang");
    json::object slow;
    slow["polls"] = 1000;
    sandbox.fault("POST media", "media_pending", 1, slow);
    bot.start();
    BOOST_TEST(bot.crier({"post", "look", "--media", directory.file("clip.mp4"), "--alt", "a clip"}).code ==
               0);
    BOOST_REQUIRE(eventually([&] { return sandbox.requests("POST /api/v2/media").size() == 1; }));
    bot.kill_hard();
    bot.start();
    // With the second look the id is on the disk.
    BOOST_REQUIRE(eventually([&] { return sandbox.requests("GET /api/v1/media/").size() >= 2; }));
    bot.kill_hard();
    const std::size_t uploads = sandbox.requests("POST /api/v2/media").size();
    const std::size_t looks = sandbox.requests("GET /api/v1/media/").size();
    BOOST_TEST(uploads == 2U);
    bot.start();
    BOOST_TEST(eventually([&] { return sandbox.requests("GET /api/v1/media/").size() > looks; }));
    BOOST_TEST(sandbox.requests("POST /api/v2/media").size() == uploads);
    BOOST_TEST(state_of(bot) == "uploading");
}

BOOST_AUTO_TEST_CASE(where_it_was_taken_does_not_arrive) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, ""};
    const std::string bytes = jpeg(400, 300, {{"\xE1", exif(6)}});
    write_file(directory.file("IMG_home.jpg"), bytes);
    bot.start();
    post_stripped(bot, directory.file("IMG_home.jpg"));
    BOOST_REQUIRE(published(bot));
    const std::string arrived = uploaded_bytes(sandbox);
    BOOST_TEST(arrived.find("GPS") == std::string::npos);
    BOOST_TEST(look_at(arrived).orientation == 6);
    BOOST_TEST((read_file(directory.file("IMG_home.jpg")) == bytes));
    BOOST_TEST(std::filesystem::is_empty(directory.file("media/ready")));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_stripped_is_held_and_never_sent) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, ""};
    write_file(directory.file("clip.mp4"), film({.handler = "camm"}));
    bot.start();
    post_stripped(bot, directory.file("clip.mp4"));
    BOOST_TEST(eventually([&] { return bot.count("held") == 1; }));
    BOOST_TEST(
        reason_of(bot).find("clip.mp4: is to be stripped of what it tells, and is not: it has a track of "
                            "the kind \"camm\"") != std::string::npos,
        reason_of(bot));
    BOOST_TEST(sandbox.requests("POST /api/v2/media").empty());
}

BOOST_AUTO_TEST_CASE(a_film_goes_out_with_the_thumbnail_and_a_picture_has_none) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, ""};
    write_file(directory.file("clip.mp4"), film());
    write_file(directory.file("cover.jpg"), jpeg(400, 300, {{"\xE1", exif(1)}}));
    write_file(directory.file("a.png"), png_file(3, 2));
    bot.start();
    const Finished clip =
        bot.crier({"post", "look", "--media", directory.file("clip.mp4"), "--alt", "a clip", "--thumbnail",
                   directory.file("cover.jpg"), "--strip-metadata", "--wait"});
    BOOST_TEST(clip.code == 0, clip.err);
    BOOST_TEST(std::filesystem::is_empty(directory.file("media/ready")));
    (void)bot.crier({"post", "look", "--media", directory.file("a.png"), "--alt", "a dot", "--thumbnail",
                     directory.file("cover.jpg")});
    BOOST_TEST(eventually([&] { return bot.count("failed") == 1; }));
    BOOST_TEST(sandbox.requests("POST /api/v2/media").size() == 1U);
}

BOOST_AUTO_TEST_CASE(check_says_what_would_be_held_back) {
    const TempDir directory;
    Sandbox sandbox{directory};
    write_file(directory.file("song.ogg"), "OggS and so on");
    write_file(directory.file("photo.jpg"), jpeg(40, 30, {{"\xE1", exif(1)}}));
    write_file(directory.file("clip.mp4"), film());
    write_file(directory.file("cover.txt"), "words");
    Bot bot{directory, sandbox,
            "schedule:\n"
            "  - name: daily\n"
            "    account: news\n"
            "    cron: \"0 9 * * *\"\n"
            "    post:\n"
            "      status: hi\n"
            "      media:\n"
            "        - {file: song.ogg, alt: a song, metadata: strip}\n"
            "        - {file: photo.jpg, alt: a place, metadata: strip}\n"
            "        - {file: clip.mp4, alt: a clip, thumbnail: cover.txt}\n"};
    const Finished checked = bot.crier({"check"});
    BOOST_TEST(checked.code == 0);
    BOOST_TEST(checked.err.find("song.ogg is to be stripped of what it tells, and would be held back") !=
                   std::string::npos,
               checked.err);
    BOOST_TEST(checked.err.find("cover.txt is to be a thumbnail, and is no picture") != std::string::npos,
               checked.err);
    BOOST_TEST(checked.err.find("photo.jpg") == std::string::npos, checked.err);
}

BOOST_AUTO_TEST_CASE(what_the_server_does_not_take_is_said_before_and_not_sent) {
    const TempDir directory;
    Sandbox sandbox{directory};
    write_file(directory.file("notes.png"), "these are words and no picture");
    Bot bot{directory, sandbox,
            "schedule:\n"
            "  - name: daily\n"
            "    account: news\n"
            "    cron: \"0 9 * * *\"\n"
            "    post: {status: hi, media: [{file: notes.png, alt: words}]}\n"};
    bot.start();
    BOOST_REQUIRE(bot.crier({"post", "hello", "--wait"}).code == 0);
    // Whoever posts by hand hears of it at once.
    const Finished posted =
        bot.crier({"post", "look", "--media", directory.file("notes.png"), "--alt", "words"});
    BOOST_TEST(posted.code == 2);
    const std::string what = directory.file("notes.png") +
                             " is no picture, film or sound that crier knows, and the server takes only such";
    BOOST_TEST(posted.err.find(what) != std::string::npos, posted.err);
    BOOST_TEST(bot.outbox().size() == 1U);
    BOOST_TEST(sandbox.requests("POST /api/v2/media").empty());
    // By now the server has said what it takes.
    const Finished checked = bot.crier({"check"});
    BOOST_TEST(checked.err.find("notes.png is no picture, film or sound") != std::string::npos, checked.err);
    const Finished preview = bot.crier({"preview", "--days", "2"});
    BOOST_TEST(preview.out.find("notes.png is no picture, film or sound") != std::string::npos, preview.out);
}

#ifdef CRIER_HAS_PICTURES

BOOST_AUTO_TEST_CASE(a_picture_over_the_limits_arrives_smaller_or_with_libvips_missing_not_at_all) {
    const TempDir directory;
    write_file(directory.file("big.png"), png_file(7000, 5000));
    {
        Sandbox sandbox{directory};
        Bot bot{directory, sandbox, ""};
        bot.start();
        const Finished posted =
            bot.crier({"post", "look", "--media", directory.file("big.png"), "--alt", "a wall", "--wait"});
        BOOST_TEST(posted.code == 0, posted.err);
        const media::Look arrived = look_at(uploaded_bytes(sandbox));
        BOOST_TEST((arrived.format == media::Format::png));
        BOOST_TEST(arrived.pixels() <= 33'177'600U);
        BOOST_TEST(arrived.width > 6700U);
        BOOST_TEST(bot.output().find("big.png was scaled down: PNG, 7000 x 5000 pixels") !=
                   std::string::npos);
        BOOST_TEST(std::filesystem::is_empty(directory.file("media/ready")));
    }
    const TempDir other;
    Sandbox sandbox{other};
    Bot bot{other, sandbox, ""};
    bot.program = other.file("crier"); // beside which there is no crier-pictures.so
    std::filesystem::copy_file(CRIER, bot.program);
    bot.start();
    (void)bot.crier({"post", "look", "--media", directory.file("big.png"), "--alt", "a wall"});
    BOOST_TEST(eventually([&] { return bot.count("failed") == 1; }));
    BOOST_TEST(reason_of(bot) ==
                   directory.file("big.png") +
                       ": has 7000 x 5000 pixels (35.0 million), and the server takes 33.2 million. "
                       "this crier is built without libvips, which would do it: make it smaller by "
                       "yourself",
               reason_of(bot));
    BOOST_TEST(sandbox.requests("POST /api/v2/media").empty());
}

#endif

BOOST_AUTO_TEST_SUITE_END()
