#include "media/preparer.hpp"

#include "core/media/fit.hpp"
#include "files.hpp"
#include "media/file_bytes.hpp"
#include "media/picture_process.hpp"
#include "support/coro.hpp"
#include "support/temporary.hpp"
#include "sys/command_runner.hpp"
#include "sys/worker_pool.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <sys/resource.h>

using namespace crier;
using namespace crier::test;
using media::Format;
using namespace std::string_literals;

namespace {

/// Sends as much as wanted to nobody: what a program does that is not there.
class NoRunner final : public CommandRunner {
public:
    boost::asio::awaitable<Result<ProgramEnd>> run(ProgramRun program) override {
        runs.push_back(std::move(program.arguments));
        co_return end;
    }
    Result<ProgramEnd> end = ProgramEnd{};
    std::vector<std::vector<std::string>> runs;
};

struct Workshop {
    explicit Workshop(CommandRunner* other = nullptr)
        : environment(sys::Environment::capture())
        , pool(sys::make_worker_pool(context.get_executor(), 1, "test"))
        , runner(sys::make_command_runner(*pool, environment))
        , preparer(media::make_preparer(*pool, other != nullptr ? *other : *runner, CRIER_PROGRAM,
                                        folder / "media/ready")) {}

    std::string write(const std::string& name, const std::string& bytes) const {
        std::string path = folder / name;
        std::ofstream{path, std::ios::binary} << bytes;
        return path;
    }
    static std::string read(const std::string& path) {
        std::ifstream file{path, std::ios::binary};
        return std::string{std::istreambuf_iterator<char>{file}, {}};
    }
    /// What lies where prepared files lie.
    std::size_t left() const {
        std::error_code none;
        const std::filesystem::directory_iterator list{folder / "media/ready", none};
        return static_cast<std::size_t>(std::distance(begin(list), end(list)));
    }

    PreparedMedia prepare(Media media, ServerProfile server = {}) {
        return run(context, preparer->prepare(MediaOrder{std::move(media), std::move(server), "key-0"}));
    }

    TemporaryDirectory folder;
    boost::asio::io_context context;
    sys::Environment environment;
    std::unique_ptr<WorkerPool> pool;
    std::unique_ptr<CommandRunner> runner;
    std::unique_ptr<MediaPreparer> preparer;
};

Media named(const std::string& file, bool strip = false) {
    Media media;
    media.file = file;
    media.alt = "what it shows";
    media.strip_metadata = strip;
    return media;
}

ServerProfile takes(std::uint64_t pixels, std::uint64_t bytes = 16'000'000) {
    ServerProfile server;
    server.image_pixels = pixels;
    server.image_size_limit = bytes;
    return server;
}

} // namespace

BOOST_AUTO_TEST_SUITE(preparer)

BOOST_AUTO_TEST_CASE(what_fits_is_sent_as_it_is_with_its_true_type) {
    Workshop shop;
    const std::string file = shop.write("lies.gif", png_file(30, 20));
    const PreparedMedia prepared = shop.prepare(named(file));
    BOOST_TEST((prepared.reply.verdict == Verdict::media_ready));
    BOOST_TEST(prepared.to_send.to_send() == file);
    BOOST_TEST(prepared.to_send.type == "image/png");
    BOOST_TEST(prepared.to_send.file == file);
    BOOST_TEST(prepared.notes.empty());
    BOOST_TEST(shop.left() == 0U);
    shop.preparer->forget(prepared.to_send);
    BOOST_TEST(std::filesystem::exists(file));
}

BOOST_AUTO_TEST_CASE(what_no_server_takes_is_refused_before_it_is_sent) {
    Workshop shop;
    ServerProfile server;
    server.mime_types = {"image/jpeg", "video/mp4"};
    const PreparedMedia text = shop.prepare(named(shop.write("a.png", "plain text")), server);
    BOOST_TEST((text.reply.verdict == Verdict::media_failed));
    BOOST_TEST(text.reply.text ==
               "is no picture, film or sound that crier knows, and the server takes only such");
    BOOST_TEST(text.reply.hint == "attach image/jpeg or video/mp4");
    const PreparedMedia gone = shop.prepare(named(shop.folder / "nowhere.png"), server);
    BOOST_TEST((gone.reply.verdict == Verdict::media_failed));
    BOOST_TEST(gone.reply.text.find("nowhere.png: No such file") != std::string::npos);
    const PreparedMedia moving =
        shop.prepare(named(shop.write("a.gif", gif(3000, 3000, 2))), takes(1'000'000));
    BOOST_TEST((moving.reply.verdict == Verdict::media_failed));
    BOOST_TEST(moving.reply.text.find("has 3000 x 3000 pixels (9.0 million)") != std::string::npos);
    Media described = named(shop.write("b.png", png_file(3, 2)));
    described.alt = std::string(1501, 'x');
    BOOST_TEST(shop.prepare(described).reply.text ==
               "has a description of 1501 characters, and the server takes 1500");
}

BOOST_AUTO_TEST_CASE(what_was_to_be_stripped_is_and_the_original_is_not_touched) {
    Workshop shop;
    const std::string bytes = jpeg(40, 30, {{"\xE1", exif(6)}});
    const std::string file = shop.write("IMG_at_home.jpeg", bytes);
    const PreparedMedia prepared = shop.prepare(named(file, true));
    BOOST_TEST((prepared.reply.verdict == Verdict::media_ready));
    BOOST_TEST(prepared.to_send.to_send() != file);
    BOOST_TEST(prepared.to_send.file == "picture.jpg");
    BOOST_TEST(prepared.to_send.type == "image/jpeg");
    const std::string sent = Workshop::read(prepared.to_send.to_send());
    BOOST_TEST(sent.find("GPS") == std::string::npos);
    BOOST_TEST(look_at(sent).orientation == 6);
    BOOST_TEST(Workshop::read(file) == bytes);
    // The same again gives the same.
    BOOST_TEST(Workshop::read(shop.prepare(named(file, true)).to_send.to_send()) == sent);
    BOOST_TEST(shop.left() == 1U);
    shop.preparer->forget(prepared.to_send);
    BOOST_TEST(shop.left() == 0U);
    BOOST_TEST(std::filesystem::exists(file));
}

BOOST_AUTO_TEST_CASE(what_could_not_be_stripped_is_not_sent) {
    Workshop shop;
    for (const std::string& bytes :
         {"OggS and so on"s, "\xFF\xD8\xFF\xE1\xFF\xFFmore"s, film({.handler = "camm"})}) {
        const PreparedMedia held = shop.prepare(named(shop.write("a.bin", bytes), true));
        BOOST_TEST(
            (held.reply.verdict == Verdict::media_kept_back || held.reply.verdict == Verdict::media_failed));
        BOOST_TEST(held.reply.hint != "");
        BOOST_TEST(shop.left() == 0U);
    }
    const PreparedMedia sound = shop.prepare(named(shop.write("a.ogg", "OggS and so on"), true));
    BOOST_TEST((sound.reply.verdict == Verdict::media_kept_back));
    BOOST_TEST(sound.reply.text.find("is to be stripped of what it tells, and is not: of Ogg") == 0U);
}

BOOST_AUTO_TEST_CASE(a_thumbnail_is_looked_at_and_stripped_as_well) {
    Workshop shop;
    Media clip = named(shop.write("clip.mp4", film()), true);
    clip.thumbnail = shop.write("thumb.jpg", jpeg(40, 30, {{"\xE1", exif(1)}}));
    const PreparedMedia prepared = shop.prepare(clip);
    BOOST_TEST((prepared.reply.verdict == Verdict::media_ready));
    BOOST_TEST(Workshop::read(prepared.to_send.thumbnail_copy).find("GPS") == std::string::npos);
    BOOST_TEST(prepared.to_send.file == "film.mp4");
    BOOST_TEST(shop.left() == 2U);
    shop.preparer->forget(prepared.to_send);
    BOOST_TEST(shop.left() == 0U);
    // A picture has none of its own, and a sound is none.
    Media still = named(shop.write("a.png", png_file(3, 2)), true);
    still.thumbnail = clip.thumbnail;
    BOOST_TEST((shop.prepare(still).reply.verdict == Verdict::media_failed));
    clip.thumbnail = shop.write("a.ogg", "OggS");
    const PreparedMedia wrong = shop.prepare(clip);
    BOOST_TEST((wrong.reply.verdict == Verdict::media_failed));
    BOOST_TEST(wrong.reply.text.find("a.ogg: is to be a thumbnail, and is no picture") != std::string::npos);
    BOOST_TEST(shop.left() == 0U);
}

BOOST_AUTO_TEST_CASE(what_earlier_lives_left_is_swept_and_nothing_else) {
    Workshop shop;
    shop.preparer->sweep();
    (void)shop.prepare(named(shop.write("a.png", png_file(3, 2)), true));
    const std::string precious = shop.write("media/precious.png", "kept");
    BOOST_TEST(shop.left() == 1U);
    shop.preparer->sweep();
    BOOST_TEST(shop.left() == 0U);
    BOOST_TEST(std::filesystem::exists(precious));
}

BOOST_AUTO_TEST_CASE(a_large_file_is_stripped_in_little_memory) {
    Workshop shop;
    const std::string file = shop.write("a.mp4", film());
    std::filesystem::resize_file(file, 100);
    {
        FilmParts parts;
        parts.more_in_movie = box("udta", "here");
        std::ofstream out{file, std::ios::binary | std::ios::trunc};
        const std::string head = film(parts);
        const std::uint64_t large = 90U << 20U;
        out << head << media::big_text(large, 4) << "mdat";
        out.seekp(static_cast<std::streamoff>(head.size() + large - 1));
        out << '\0';
    }
    const PreparedMedia prepared = shop.prepare(named(file, true));
    BOOST_TEST((prepared.reply.verdict == Verdict::media_ready), prepared.reply.text);
    BOOST_TEST(std::filesystem::file_size(prepared.to_send.to_send()) == std::filesystem::file_size(file));
    rusage used{};
    (void)::getrusage(RUSAGE_SELF, &used);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    BOOST_TEST(used.ru_maxrss < 80'000);
#endif
}

#ifdef CRIER_HAS_PICTURES

BOOST_AUTO_TEST_CASE(a_picture_over_the_limits_is_scaled_down_and_said_so) {
    Workshop shop;
    const std::string file = shop.write("big.png", png_file(1200, 800, {{"tEXt", "GPS 52.5N"}}));
    const PreparedMedia prepared = shop.prepare(named(file), takes(240'000));
    BOOST_REQUIRE((prepared.reply.verdict == Verdict::media_ready));
    const media::Look look = look_at(Workshop::read(prepared.to_send.to_send()));
    BOOST_TEST((look.format == Format::png));
    BOOST_TEST(look.width == 600U);
    BOOST_TEST(look.height == 400U);
    BOOST_TEST(prepared.notes.size() == 1U);
    BOOST_TEST(prepared.notes.front().find("big.png was scaled down: PNG, 1200 x 800 pixels") == 0U);
    BOOST_TEST(prepared.to_send.file == file);
    shop.preparer->forget(prepared.to_send);
    BOOST_TEST(shop.left() == 0U);
    // By bytes as well, and stripped with it.
    const PreparedMedia small = shop.prepare(named(file, true), takes(960'000, 20'000));
    BOOST_REQUIRE((small.reply.verdict == Verdict::media_ready));
    const std::string sent = Workshop::read(small.to_send.to_send());
    BOOST_TEST(sent.size() <= 20'000U);
    BOOST_TEST(sent.find("GPS") == std::string::npos);
    BOOST_TEST(shop.left() == 1U);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_decoded_is_refused_with_why) {
    Workshop shop;
    const std::string whole = png_file(1200, 800);
    std::string damaged = whole;
    damaged.replace(60, 200, 200, 'x');
    const PreparedMedia refused = shop.prepare(named(shop.write("a.png", damaged)), takes(1000));
    BOOST_TEST((refused.reply.verdict == Verdict::media_failed));
    BOOST_TEST(refused.reply.text.find("it cannot be decoded") != std::string::npos, refused.reply.text);
    BOOST_TEST(shop.left() == 0U);
}

BOOST_AUTO_TEST_CASE(avif_and_heic_are_made_anew_to_be_stripped) {
    Workshop shop;
    for (const std::string suffix : {".avif", ".heic"}) {
        media::PictureJob job;
        job.from = shop.write("from.png", png_file(128, 64));
        job.to = shop.folder / ("picture" + suffix);
        job.suffix = suffix;
        job.limits = {1'000'000, 0};
        BOOST_REQUIRE(run(shop.context, media::make_picture(*shop.runner, CRIER_PROGRAM, job)).has_value());
        const PreparedMedia prepared = shop.prepare(named(job.to, true));
        BOOST_TEST_REQUIRE((prepared.reply.verdict == Verdict::media_ready), prepared.reply.text);
        BOOST_TEST(prepared.to_send.to_send() != job.to);
        const auto bytes = media::FileBytes::open(prepared.to_send.to_send());
        BOOST_TEST(!media::boxed_picture_tells(*bytes));
        BOOST_TEST(media::look(*bytes).width == 128U);
    }
}

BOOST_AUTO_TEST_CASE(how_the_process_ends_is_told) {
    struct End {
        int code;
        bool late;
        Verdict verdict;
        std::string words;
    };
    const End table[] = {
        {10, false, Verdict::media_failed, "it cannot be decoded (bad [0m data)"},
        {11, false, Verdict::media_failed, "it cannot be made small enough"},
        {12, false, Verdict::media_failed, "it cannot be made smaller here"},
        {13, false, Verdict::not_sent, "there is no room for it"},
        {139, false, Verdict::media_failed, "the process ended by signal 11"},
        {137, true, Verdict::media_failed, "longer than a minute"},
    };
    for (const End& one : table) {
        NoRunner runner;
        ProgramEnd end;
        end.code = one.code;
        end.late = one.late;
        end.errors = one.code == 10 ? "warning\nbad\x1b[0m data\n" : "";
        runner.end = end;
        Workshop shop{&runner};
        const PreparedMedia prepared = shop.prepare(named(shop.write("a.png", png_file(30, 20))), takes(100));
        BOOST_TEST((prepared.reply.verdict == one.verdict));
        BOOST_TEST(prepared.reply.text.find(one.words) != std::string::npos, prepared.reply.text);
        BOOST_TEST(runner.runs.size() == 1U);
        BOOST_TEST(runner.runs.front()[1] == "picture");
    }
}

#endif

BOOST_AUTO_TEST_SUITE_END()
