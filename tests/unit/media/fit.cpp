#include "core/media/fit.hpp"

#include "files.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace crier;
using namespace crier::test;
using media::Format;

namespace {

media::Look picture(Format format, std::uint32_t width, std::uint32_t height, std::uint64_t bytes,
                    bool animated = false) {
    media::Look look;
    look.format = format;
    look.width = width;
    look.height = height;
    look.bytes = bytes;
    look.animated = animated;
    return look;
}

media::Look with_rate(double rate) {
    media::Look look = picture(Format::mp4, 1280, 720, 1000);
    look.frame_rate = rate;
    return look;
}

media::Look wrong() {
    media::Look look = picture(Format::png, 0, 0, 8);
    look.wrong = "it is cut short";
    return look;
}

ServerProfile said() {
    ServerProfile server;
    server.mime_types = {"image/jpeg", "image/png",  "image/gif", "image/heif",
                         "video/mp4",  "audio/wave", "audio/ogg"};
    return server;
}

ServerProfile not_said() {
    ServerProfile server;
    server.software = "pleroma";
    server.image_pixels = 0;
    server.video_pixels = 0;
    server.video_frame_rate = 0;
    return server;
}

struct FitCase {
    media::Look look;
    ServerProfile server;
    std::string what; ///< empty: it fits
    bool too_large = false;
};

} // namespace

BOOST_AUTO_TEST_SUITE(fit)

BOOST_AUTO_TEST_CASE(what_does_not_fit_is_said_with_figure_and_limit) {
    const FitCase table[] = {
        {picture(Format::jpeg, 6000, 4000, 9'000'000), said(), ""},
        {picture(Format::jpeg, 8000, 6000, 9'000'000), said(),
         "has 8000 x 6000 pixels (48.0 million), and the server takes 33.2 million", true},
        {picture(Format::png, 7680, 4320, 16'777'216), said(), ""},
        {picture(Format::png, 7681, 4320, 16'777'216), said(),
         "has 7681 x 4320 pixels (33.2 million), and the server takes 33.2 million", true},
        {picture(Format::png, 100, 100, 16'777'217), said(),
         "has 16.8 MB, and the server takes 16.8 MB of a picture", true},
        {picture(Format::jpeg, 60'000, 40'000, 16'000'000), not_said(), ""},
        {picture(Format::webp, 10, 10, 10), said(), "is WebP (image/webp), which the server does not take"},
        {picture(Format::webp, 10, 10, 10), not_said(), ""},
        {picture(Format::heic, 10, 10, 10), said(), ""},
        {picture(Format::wav, 0, 0, 10), said(), ""},
        {picture(Format::mp3, 0, 0, 10), said(), "is MP3 (audio/mpeg), which the server does not take"},
        {picture(Format::unknown, 0, 0, 10), said(),
         "is no picture, film or sound that crier knows, and the server takes only such"},
        {picture(Format::unknown, 0, 0, 10), not_said(), ""},
        {picture(Format::gif, 1280, 720, 10, true), said(), ""},
        {picture(Format::gif, 1281, 720, 10, true), said(),
         "is an animated GIF of 1281 x 720 pixels (0.9 million), and the server takes 0.9 million of one"},
        {picture(Format::gif, 1281, 720, 10), said(), ""},
        {picture(Format::gif, 1281, 720, 10, true), not_said(), ""},
        {picture(Format::mp4, 3840, 2160, 103'809'024), said(), ""},
        {picture(Format::mp4, 3840, 2162, 10), said(),
         "has 3840 x 2162 pixels (8.3 million), and the server takes 8.3 million of a film"},
        {picture(Format::mp4, 10, 10, 103'809'025), said(),
         "has 103.8 MB, and the server takes 103.8 MB of a film or a sound"},
        {picture(Format::ogg, 0, 0, 103'809'025), said(),
         "has 103.8 MB, and the server takes 103.8 MB of a film or a sound"},
        {with_rate(120.9), said(), ""},
        {with_rate(121), said(), "has 121 pictures a second, and the server takes 120"},
        {wrong(), said(), "cannot be used: it is cut short"},
    };
    for (const FitCase& one : table)
        BOOST_TEST_CONTEXT(media::in_words(one.look) << ": " << one.what) {
            const std::vector<media::Misfit> found = media::misfits(one.look, one.server);
            BOOST_TEST(found.size() == (one.what.empty() ? 0U : 1U));
            if (!found.empty()) {
                BOOST_TEST(found[0].what == one.what);
                BOOST_TEST(found[0].too_large == one.too_large);
                BOOST_TEST(found[0].hint != "");
            }
        }
}

BOOST_AUTO_TEST_CASE(it_is_sent_as_the_server_calls_it) {
    BOOST_TEST(media::type_for(picture(Format::heic, 1, 1, 1), said()) == "image/heif");
    BOOST_TEST(media::type_for(picture(Format::wav, 0, 0, 1), said()) == "audio/wave");
    BOOST_TEST(media::type_for(picture(Format::heic, 1, 1, 1), not_said()) == "image/heic");
    BOOST_TEST(media::type_for(picture(Format::unknown, 1, 1, 1), said()) == "");
}

BOOST_AUTO_TEST_CASE(only_films_and_sounds_have_a_thumbnail_and_it_is_a_picture) {
    const media::Look film_look = picture(Format::mp4, 10, 10, 10);
    const media::Look sound = picture(Format::ogg, 0, 0, 10);
    const media::Look small = picture(Format::jpeg, 10, 10, 10);
    BOOST_TEST(media::thumbnail_misfits(film_look, small, said()).empty());
    BOOST_TEST(media::thumbnail_misfits(sound, small, said()).empty());
    BOOST_TEST(media::thumbnail_misfits(small, small, said()).size() == 1U);
    BOOST_TEST(media::thumbnail_misfits(film_look, sound, said()).size() == 1U);
    BOOST_TEST(media::thumbnail_misfits(film_look, picture(Format::jpeg, 9000, 9000, 10), said()).size() ==
               1U);
}

BOOST_AUTO_TEST_CASE(a_description_has_its_limit) {
    ServerProfile server;
    server.description_limit = 5;
    BOOST_TEST(media::alt_misfit("äöüßé", server).what == "");
    BOOST_TEST(media::alt_misfit("äöüßéx", server).what ==
               "has a description of 6 characters, and the server takes 5");
}

BOOST_AUTO_TEST_CASE(sizes_are_in_words) {
    const std::pair<std::uint64_t, std::string> table[] = {{0, "0 bytes"},
                                                           {999, "999 bytes"},
                                                           {1000, "1.0 kB"},
                                                           {16'777'216, "16.8 MB"},
                                                           {2'000'000'000, "2000.0 MB"}};
    for (const auto& [bytes, words] : table)
        BOOST_TEST(media::size_in_words(bytes) == words);
    BOOST_TEST(media::in_words(picture(Format::gif, 3, 2, 17, true)) ==
               "GIF, animated, 3 x 2 pixels, 17 bytes");
}

BOOST_AUTO_TEST_CASE(a_film_beside_something_else_is_found_before_anything_is_sent) {
    ServerProfile mastodon;
    mastodon.films_alone = true;
    const media::Look film = with_rate(30);
    BOOST_TEST(media::misfits(film, mastodon).empty());
    BOOST_REQUIRE_EQUAL(media::misfits(film, mastodon, false).size(), 1U);
    BOOST_TEST(media::misfits(film, mastodon, false)[0].what ==
               "is a film, and the server takes such only as the one thing that a post has");
    BOOST_TEST(media::misfits(film, ServerProfile{}, false).empty());
    BOOST_TEST(media::misfits(picture(Format::gif, 100, 100, 1000, true), mastodon, false).empty());
}

BOOST_AUTO_TEST_SUITE_END()
