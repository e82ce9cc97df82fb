#include "core/media/bytes.hpp"
#include "core/media/strip.hpp"
#include "files.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace crier;
using namespace crier::test;
using namespace std::string_literals;

namespace {

const char* const where = "+52.5000+013.4000/";

Result<std::string> stripped_film(const std::string& bytes) {
    const auto pieces = media::strip(media::TextBytes{bytes}, look_at(bytes));
    if (!pieces)
        return pieces.error();
    return assembled(bytes, *pieces);
}

} // namespace

BOOST_AUTO_TEST_SUITE(strip_film)

BOOST_AUTO_TEST_CASE(nothing_moves_and_nothing_tells) {
    for (const std::string brand : {"isom", "qt  ", "M4A "}) {
        FilmParts parts;
        parts.brand = brand;
        parts.more_in_movie =
            box("udta", box("\xA9xyz", "\0\x12\x15\xC7"s + where)) + box("meta", where) + box("free", where);
        parts.more_at_top = box("uuid", "0123456789abcdef"s + where) + box("udta", where);
        const std::string bytes = film(parts);
        const Result<std::string> bare = stripped_film(bytes);
        BOOST_REQUIRE(bare.has_value());
        BOOST_TEST(bare->size() == bytes.size());
        BOOST_TEST(bare->find(where) == std::string::npos);
        BOOST_TEST(bare->find("MADE") == std::string::npos);
        BOOST_TEST(bare->find("Cam X100") == std::string::npos);
        BOOST_TEST(bare->find("coded pictures") == bytes.find("coded pictures"));
        const media::Look look = look_at(*bare);
        BOOST_TEST(look.width == look_at(bytes).width);
        BOOST_TEST((look.duration == look_at(bytes).duration));
        BOOST_TEST(stripped_film(*bare).value() == *bare);
    }
}

BOOST_AUTO_TEST_CASE(a_track_of_another_kind_holds_the_film_back) {
    for (const std::string kind : {"meta", "camm", "gpmd", "text"}) {
        FilmParts parts;
        parts.more_tracks = track(kind, 0, 0, 10, 10);
        const Result<std::string> bare = stripped_film(film(parts));
        BOOST_REQUIRE(!bare.has_value());
        BOOST_TEST((bare.error().cause == Cause::unsupported));
        BOOST_TEST(bare.error().message.find("\"" + kind + "\"") != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(lengths_that_make_no_sense_hold_it_back) {
    const std::string bytes = film();
    BOOST_TEST(!stripped_film(bytes.substr(0, bytes.size() - 3)).has_value());
    BOOST_TEST(!stripped_film(bytes + "x").has_value());
    BOOST_TEST(!stripped_film(box("ftyp", "isom\0\0\0\0"s) + box("mdat", "coded")).has_value());
    FilmParts parts;
    parts.more_at_top = box("what", std::string(17U << 20U, 'x'));
    BOOST_TEST(!stripped_film(film(parts)).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
