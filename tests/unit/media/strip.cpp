#include "core/media/strip.hpp"

#include "core/media/bytes.hpp"
#include "files.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace crier;
using namespace crier::test;
using media::Format;
using namespace std::string_literals;

namespace {

const char* const place = "GPS 52.5N 13.4E";

struct StripCase {
    std::string name;
    std::string bytes;
    std::vector<std::string> stays; ///< bytes that are still in it
};

std::string icc() {
    return "ICC_PROFILE\0\1\1the colours"s;
}

std::vector<StripCase> cases() {
    const std::string xmp = "http://ns.adobe.com/xap/1.0/\0<"s + place + ">";
    return {
        {"jpeg",
         jpeg(40, 30,
              {{"\xE0", "JFIF\0\1\1\0\0\1\0\1\0\0"s},
               {"\xE1", exif(1)},
               {"\xE1", xmp},
               {"\xE2", icc()},
               {"\xE2", "MPF\0"s + place},
               {"\xED", "Photoshop 3.0\0"s + place},
               {"\xEE", "Adobe\0\x64\0\0\0\0\1"s},
               {"\xE5", place},
               {"\xFE", place}}),
         {"JFIF", icc(), "Adobe", "\x12\x34\xFF\0\x56\xFF\xD0\x78"s, "\x9A\xBC\xFF\xD9"s}},
        {"jpeg with a film behind it",
         jpeg(40, 30, {{"\xE1", exif(1)}}, place + jpeg(4, 3, {{"\xE1", exif(1)}})),
         {"\x9A\xBC\xFF\xD9"s}},
        {"jpeg with a thumbnail in JFIF",
         jpeg(40, 30, {{"\xE0", "JFIF\0\1\1\0\0\1\0\1\5\1"s + place}}),
         {"JFIF"}},
        {"jpeg with JFXX", jpeg(40, 30, {{"\xE0", "JFXX\0"s + place}}), {"\x9A\xBC"s}},
        {"png",
         png_file(3, 2,
                  {{"iCCP", "the colours"},
                   {"eXIf", exif(1)},
                   {"tEXt", place},
                   {"iTXt", place},
                   {"zTXt", place},
                   {"tIME", place},
                   {"prVt", place}},
                  place),
         {"iCCP", "the colours", "IDAT", "IEND"}},
        {"gif", gif(10, 20, 2, true), {"NETSCAPE2.0", "\x21\xF9\x04"s}},
        {"webp",
         webp(50, 70, 0x0C, {{"EXIF", exif(1)}, {"XMP ", place}, {"odd ", place}}),
         {"ICCP", "profile"}},
    };
}

std::string stripped(const std::string& bytes) {
    const auto pieces = media::strip(media::TextBytes{bytes}, look_at(bytes));
    BOOST_REQUIRE(pieces.has_value());
    return assembled(bytes, *pieces);
}

} // namespace

BOOST_AUTO_TEST_SUITE(strip)

BOOST_AUTO_TEST_CASE(what_tells_is_gone_and_what_shows_stays) {
    for (const StripCase& one : cases())
        BOOST_TEST_CONTEXT(one.name) {
            BOOST_REQUIRE(one.bytes.find(place) != std::string::npos);
            const std::string bare = stripped(one.bytes);
            BOOST_TEST(bare.find(place) == std::string::npos);
            BOOST_TEST(bare.find("Exif") == std::string::npos);
            for (const std::string& part : one.stays)
                BOOST_TEST((bare.find(part) != std::string::npos), part);
            const media::Look before = look_at(one.bytes);
            const media::Look after = look_at(bare);
            BOOST_TEST((after.format == before.format));
            BOOST_TEST(after.width == before.width);
            BOOST_TEST(after.height == before.height);
            BOOST_TEST(after.animated == before.animated);
            BOOST_TEST(after.wrong == "");
            BOOST_TEST(stripped(bare) == bare); // there is nothing left
        }
}

BOOST_AUTO_TEST_CASE(a_picture_still_stands_upright) {
    for (int orientation = 2; orientation <= 8; ++orientation)
        for (const std::string& bytes :
             {jpeg(40, 30, {{"\xE0", "JFIF\0\1\1\0\0\1\0\1\0\0"s}, {"\xE1", exif(orientation)}}),
              jpeg(40, 30, {{"\xE1", exif(orientation, true)}}),
              png_file(40, 30, {{"eXIf", exif(orientation).substr(6)}}),
              webp(40, 30, 0x08, {{"EXIF", exif(orientation)}})})
            BOOST_TEST_CONTEXT(orientation) {
                const std::string bare = stripped(bytes);
                BOOST_TEST(look_at(bare).orientation == orientation);
                BOOST_TEST(look_at(bare).width == look_at(bytes).width);
                BOOST_TEST(bare.find("GPS") == std::string::npos);
                BOOST_TEST(bare.find("Cam") == std::string::npos);
                BOOST_TEST(stripped(bare) == bare);
            }
}

BOOST_AUTO_TEST_CASE(jfif_stays_the_first_segment_and_exif_comes_behind_it) {
    const std::string bare =
        stripped(jpeg(40, 30, {{"\xE0", "JFIF\0\1\1\0\0\1\0\1\0\0"s}, {"\xE1", exif(6)}}));
    BOOST_TEST(bare.substr(2, 2) == "\xFF\xE0"s);
    BOOST_TEST(bare.find("Exif") < 40U);
}

BOOST_AUTO_TEST_CASE(a_webps_head_tells_its_new_length_and_what_is_in_it) {
    const std::string bare = stripped(webp(50, 70, 0x2E, {{"EXIF", exif(1)}, {"XMP ", place}}));
    BOOST_TEST(media::little(bare, 4, 4) + 8 == bare.size());
    BOOST_TEST(media::byte_at(bare, 20) == 0x22U); // profile and animation
    const std::string turned = stripped(webp(50, 70, 0x0C, {{"EXIF", exif(6)}}));
    BOOST_TEST(media::byte_at(turned, 20) == 0x08U);
    BOOST_TEST(media::little(turned, 4, 4) + 8 == turned.size());
}

BOOST_AUTO_TEST_CASE(what_cannot_be_stripped_is_refused_with_what_to_do) {
    for (const std::string& bytes :
         {"OggS and so on"s, "ID3\x04 and so on"s, "fLaC and so on"s, "\x1a\x45\xdf\xa3 and so on"s,
          "RIFF\x10\0\0\0WAVEfmt "s, boxed_picture("avif", 10, 10), boxed_picture("heic", 10, 10), "text"s}) {
        const auto refused = media::strip(media::TextBytes{bytes}, look_at(bytes));
        BOOST_REQUIRE(!refused.has_value());
        BOOST_TEST((refused.error().cause == Cause::unsupported));
        BOOST_TEST(refused.error().hint != "");
    }
}

BOOST_AUTO_TEST_CASE(what_is_damaged_is_refused) {
    for (const std::string& bytes :
         {png_file(3, 2).substr(0, png_file(3, 2).size() - 12), jpeg(4, 3).substr(0, 12) + "garbage"s,
          gif(1, 1, 1).substr(0, 60), "\xFF\xD8\xFF\xE1\xFF\xFFmore"s}) {
        const auto refused = media::strip(media::TextBytes{bytes}, look_at(bytes));
        BOOST_TEST(!refused.has_value());
    }
}

BOOST_AUTO_TEST_CASE(a_boxed_picture_tells_by_its_items) {
    BOOST_TEST(!media::boxed_picture_tells(media::TextBytes{boxed_picture("avif", 10, 10)}));
    BOOST_TEST(media::boxed_picture_tells(media::TextBytes{boxed_picture("avif", 10, 10, "Exif")}));
    BOOST_TEST(media::boxed_picture_tells(media::TextBytes{boxed_picture("avif", 10, 10, "mime")}));
    BOOST_TEST(media::boxed_picture_tells(media::TextBytes{"no boxes"}));
}

BOOST_AUTO_TEST_SUITE_END()
