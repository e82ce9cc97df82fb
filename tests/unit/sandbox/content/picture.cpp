#include "sandbox/content/picture.hpp"

#include "sandbox/content/image.hpp"
#include "sandbox/content/png.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <string>
#include <zlib.h>

using namespace crier::sandbox;

namespace {

// The rows of a PNG made by to_png(), unpacked and unfiltered.
std::string pixels_of(const std::string& png, std::size_t width, std::size_t height) {
    const std::size_t data = png.find("IDAT") + 4;
    const std::size_t stride = width * 3;
    std::string rows((stride + 1) * height, '\0');
    uLongf size = rows.size();
    const auto length = static_cast<uLong>(png.size() - data - 16);
    BOOST_REQUIRE(uncompress(reinterpret_cast<Bytef*>(rows.data()), &size,
                             reinterpret_cast<const Bytef*>(png.data() + data), length) == Z_OK);
    BOOST_REQUIRE(size == rows.size());
    std::string out(stride * height, '\0');
    for (std::size_t y = 0; y < height; ++y)
        for (std::size_t x = 0; x < stride; ++x) {
            const char filter = rows[y * (stride + 1)];
            char before = 0;
            if (filter == 1 && x >= 3)
                before = out[y * stride + x - 3];
            if (filter == 2 && y > 0)
                before = out[(y - 1) * stride + x];
            out[y * stride + x] = static_cast<char>(rows[y * (stride + 1) + 1 + x] + before);
        }
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(sandbox_picture)

BOOST_AUTO_TEST_CASE(a_picture_is_a_png_of_the_size_asked_for) {
    const auto info = inspect_media(make_picture(7));
    BOOST_REQUIRE(info);
    BOOST_TEST(info->type == "image/png");
    BOOST_TEST(info->width == 640);
    BOOST_TEST(info->height == 360);
    const auto other = inspect_media(make_picture(7, 33, 120));
    BOOST_REQUIRE(other);
    BOOST_TEST(other->width == 33);
    BOOST_TEST(other->height == 120);
}

BOOST_AUTO_TEST_CASE(sizes_are_clamped) {
    const auto info = inspect_media(make_picture(1, -5, 0));
    BOOST_REQUIRE(info);
    BOOST_TEST(info->width == 16);
    BOOST_TEST(info->height == 16);
}

BOOST_AUTO_TEST_CASE(the_same_number_gives_the_same_bytes_and_another_one_others) {
    std::set<std::string> seen;
    for (unsigned number = 0; number < 24; ++number) {
        const std::string picture = make_picture(number, 64, 36);
        BOOST_TEST(picture == make_picture(number, 64, 36));
        seen.insert(picture);
    }
    BOOST_TEST(seen.size() == 24U);
}

BOOST_AUTO_TEST_CASE(what_is_packed_can_be_unpacked) {
    Pixels pixels{5, 4, {}};
    for (unsigned i = 0; i < 5 * 4 * 3; ++i)
        pixels.bytes.push_back(static_cast<std::uint8_t>(i * 37 % 251));
    const std::string unpacked = pixels_of(to_png(pixels), 5, 4);
    BOOST_TEST((unpacked == std::string(pixels.bytes.begin(), pixels.bytes.end())));
}

BOOST_AUTO_TEST_CASE(the_description_fits_the_picture) {
    const auto brightness = [](unsigned number) {
        unsigned long sum = 0;
        for (const char c : pixels_of(make_picture(number, 64, 36), 64, 36))
            sum += static_cast<unsigned char>(c);
        return sum / (64UL * 36 * 3);
    };
    for (unsigned number = 0; number < 12; ++number) {
        const std::string alt = picture_alt_text(number);
        const bool night = alt.starts_with("Night");
        BOOST_TEST((brightness(number) < 60) == night, number << ": " << alt);
        BOOST_TEST(alt.ends_with("."));
    }
}

BOOST_AUTO_TEST_SUITE_END()
