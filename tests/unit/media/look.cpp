#include "core/media/look.hpp"

#include "files.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <random>
#include <string>
#include <vector>

using namespace crier;
using namespace crier::test;
using media::Format;
using namespace std::string_literals;

namespace {

struct Case {
    std::string name;
    std::string bytes;
    Format format;
    std::uint32_t width;
    std::uint32_t height;
    int orientation = 1;
    bool animated = false;
};

std::vector<Case> good_files() {
    return {
        {"png", png_file(30, 20), Format::png, 30, 20},
        {"png, turned", png_file(30, 20, {{"eXIf", exif(6).substr(6)}}), Format::png, 20, 30, 6},
        {"png, moving", png_file(3, 2, {{"acTL", "\0\0\0\2\0\0\0\0"s}}), Format::png, 3, 2, 1, true},
        {"jpeg", jpeg(4000, 3000), Format::jpeg, 4000, 3000},
        {"jpeg, turned", jpeg(4000, 3000, {{"\xE1", exif(6)}}), Format::jpeg, 3000, 4000, 6},
        {"jpeg, turned, big-endian", jpeg(4000, 3000, {{"\xE1", exif(8, true)}}), Format::jpeg, 3000, 4000,
         8},
        {"jpeg, mirrored", jpeg(4000, 3000, {{"\xE1", exif(2)}}), Format::jpeg, 4000, 3000, 2},
        {"jpeg, no such orientation", jpeg(40, 30, {{"\xE1", exif(9)}}), Format::jpeg, 40, 30, 1},
        {"jpeg, XMP in front",
         jpeg(40, 30, {{"\xE1", "http://ns.adobe.com/xap/1.0/\0<x/>"s}, {"\xE1", exif(3)}}), Format::jpeg, 40,
         30, 3},
        {"gif", gif(10, 20, 1), Format::gif, 10, 20},
        {"gif, moving", gif(10, 20, 2, true), Format::gif, 10, 20, 1, true},
        {"gif, one picture that loops", gif(10, 20, 1, true), Format::gif, 10, 20},
        {"webp", simple_webp("VP8 ", 550, 368), Format::webp, 550, 368},
        {"webp, lossless", simple_webp("VP8L", 386, 395), Format::webp, 386, 395},
        {"webp, extended", webp(5000, 70000, 0x20), Format::webp, 5000, 70000},
        {"webp, moving", webp(50, 70, 0x02), Format::webp, 50, 70, 1, true},
        {"webp, turned", webp(50, 70, 0x08, {{"EXIF", exif(5)}}), Format::webp, 70, 50, 5},
        {"avif", boxed_picture("avif", 4032, 3024), Format::avif, 4032, 3024},
        {"heic", boxed_picture("heic", 4032, 3024), Format::heic, 4032, 3024},
        {"heif of whatever", boxed_picture("mif1", 320, 240), Format::heic, 320, 240},
        {"mp4", film(), Format::mp4, 1280, 720},
        {"mov", film({.brand = "qt  "}), Format::mov, 1280, 720},
    };
}

} // namespace

BOOST_AUTO_TEST_SUITE(look)

BOOST_AUTO_TEST_CASE(a_file_is_what_its_bytes_say) {
    for (const Case& one : good_files())
        BOOST_TEST_CONTEXT(one.name) {
            const media::Look seen = look_at(one.bytes);
            BOOST_TEST((seen.format == one.format));
            BOOST_TEST(seen.width == one.width);
            BOOST_TEST(seen.height == one.height);
            BOOST_TEST(seen.orientation == one.orientation);
            BOOST_TEST(seen.animated == one.animated);
            BOOST_TEST(seen.bytes == one.bytes.size());
            BOOST_TEST(seen.wrong == "");
        }
}

BOOST_AUTO_TEST_CASE(a_film_says_how_long_it_is_and_how_fast) {
    const media::Look seen = look_at(film({.pictures = 1200, .seconds = 10}));
    BOOST_TEST((seen.duration == std::chrono::seconds{10}));
    BOOST_TEST(std::lround(seen.frame_rate) == 120);
}

BOOST_AUTO_TEST_CASE(kinds_are_known_by_their_first_bytes) {
    const std::pair<std::string, std::string> kinds[] = {
        {"\x89PNG\r\n\x1a\n"s, "image/png"},
        {"\xff\xd8\xff\xe0"s, "image/jpeg"},
        {"GIF89a"s, "image/gif"},
        {"GIF87a"s, "image/gif"},
        {"RIFF\x10\0\0\0WEBPVP8 "s, "image/webp"},
        {"\0\0\0\x1c"
         "ftypavif"s,
         "image/avif"},
        {"\0\0\0\x1c"
         "ftypmif1\0\0\0\0mif1avif"s,
         "image/avif"},
        {"\0\0\0\x1c"
         "ftypheic"s,
         "image/heic"},
        {"\0\0\0\x1c"
         "ftypheix"s,
         "image/heic"},
        {"\0\0\0\x1c"
         "ftypmif1"s,
         "image/heic"},
        {"\0\0\0\x14"
         "ftypqt  "s,
         "video/quicktime"},
        {"\0\0\0\x18"
         "ftypisom"s,
         "video/mp4"},
        {"\0\0\0\x18"
         "ftypM4A "s,
         "audio/mp4"},
        {"\x1a\x45\xdf\xa3"s, "video/webm"},
        {"ID3\x04"s, "audio/mpeg"},
        {"\xff\xfb\x90"s, "audio/mpeg"},
        {"OggS"s, "audio/ogg"},
        {"fLaC"s, "audio/flac"},
        {"RIFF\x10\0\0\0WAVEfmt "s, "audio/wav"},
    };
    for (const auto& [bytes, type] : kinds)
        BOOST_TEST_CONTEXT(type) {
            const media::Kind* kind = media::kind_of(bytes);
            BOOST_REQUIRE(kind != nullptr);
            BOOST_TEST(kind->type() == type);
            // What is cut off before its mark ends is none of it.
            BOOST_TEST(media::kind_of(std::string_view{bytes}.substr(0, 1)) == nullptr);
        }
    for (const std::string& other : {"<svg xmlns=''/>"s, "%PDF-1.4"s, ""s, "RIFF\x10\0\0\0AVI "s, "GIF90a"s})
        BOOST_TEST(media::kind_of(other) == nullptr);
}

BOOST_AUTO_TEST_CASE(what_lies_or_is_cut_short_is_said_to_be_wrong) {
    const std::pair<std::string, std::string> files[] = {
        {"a png's mark and nothing", "\x89PNG\r\n\x1a\n"s},
        {"a png of no width", png_file(0, 20)},
        {"a png cut in its picture", png_file(300, 200).substr(0, 80)},
        {"a png without a picture",
         "\x89PNG\r\n\x1a\n"s + png_chunk("IHDR", "\0\0\0\1\0\0\0\1\x08\x02\0\0\0"s)},
        {"a jpeg's mark and nothing", "\xFF\xD8\xFF"s},
        {"a jpeg without a frame", "\xFF\xD8\xFF\xD9"s},
        {"a jpeg of no height", jpeg(10, 0)},
        {"a jpeg whose segment passes the end", "\xFF\xD8\xFF\xE1\xFF\xFF" + exif(6)},
        {"a gif's mark and nothing", "GIF89a"s},
        {"a gif without a picture", gif(10, 10, 0)},
        {"a webp cut short", simple_webp("VP8 ", 10, 10).substr(0, 30)},
        {"a webp of nothing", "RIFF\x04\0\0\0WEBP"s},
        {"an avif without a size", box("ftyp", "avif\0\0\0\0"s) + box("meta", "\0\0\0\0"s)},
        {"an avif cut before its size", boxed_picture("avif", 10, 10).substr(0, 60)},
        {"an mp4 without its moov", box("ftyp", "isom\0\0\0\0"s) + box("mdat", "coded")},
        {"an mp4 that is cut in its moov", film().substr(0, 200)},
        {"an empty file", ""s},
    };
    for (const auto& [name, bytes] : files)
        BOOST_TEST_CONTEXT(name)
    BOOST_TEST(look_at(bytes).wrong != "");
}

BOOST_AUTO_TEST_CASE(no_cut_and_no_flipped_byte_does_harm) {
    std::mt19937 random{7};
    for (const Case& one : good_files()) {
        const std::size_t step = one.bytes.size() / 400 + 1;
        for (std::size_t length = 0; length < one.bytes.size(); length += step) {
            const std::string cut = one.bytes.substr(0, length);
            const media::Look seen = look_at(cut);
            (void)media::strip(media::TextBytes{cut}, seen);
        }
        for (int i = 0; i < 400; ++i) {
            std::string other = one.bytes;
            for (int flips = 0; flips < 3; ++flips)
                other[random() % std::min<std::size_t>(other.size(), 400)] = static_cast<char>(random());
            const media::Look seen = look_at(other);
            BOOST_TEST((seen.orientation >= 1 && seen.orientation <= 8));
            (void)media::strip(media::TextBytes{other}, seen);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_file_of_a_million_empty_parts_is_given_up) {
    std::string boxes = box("ftyp", "isom\0\0\0\0"s);
    for (int i = 0; i < 1'000'000; ++i)
        boxes += "\0\0\0\x08"
                 "free"s;
    BOOST_TEST(look_at(boxes).wrong != "");
    std::string segments = "\xFF\xD8"s;
    for (int i = 0; i < 1'000'000; ++i)
        segments += "\xFF\xE0\0\x02"s;
    BOOST_TEST(look_at(segments).wrong != "");
}

BOOST_AUTO_TEST_SUITE_END()
