#include "kit/file_name.hpp"

#include <boost/test/unit_test.hpp>

#include <string_view>

using namespace crier::kit;
using namespace std::string_view_literals;

BOOST_AUTO_TEST_SUITE(kit_names)

BOOST_AUTO_TEST_CASE(a_name_stays_below_its_folder) {
    for (const std::string_view name :
         {"a.png"sv, "my picture.jpg"sv, "sub/a.png"sv, "..a"sv, "a..b"sv, "./a"sv})
        BOOST_TEST(trouble_with_name(name) == "", name);
    for (const std::string_view name :
         {""sv, "/etc/passwd"sv, "../a"sv, "a/../b"sv, "a/.."sv, ".."sv, "..\\a"sv, "C:\\a.png"sv, "a\0b"sv})
        BOOST_TEST(trouble_with_name(name) != "", name);
}

BOOST_AUTO_TEST_CASE(types_go_by_the_extension) {
    BOOST_TEST(media_type_of("a.JPG") == "image/jpeg");
    BOOST_TEST(media_type_of("a.b/c.webm") == "video/webm");
    BOOST_TEST(media_type_of("a.png/c") == "");
    BOOST_TEST(media_type_of("png") == "");
    BOOST_TEST(media_type_of(".png") == "");
    BOOST_TEST(extension_of("x/.hidden.TXT") == "txt");
    BOOST_TEST(extension_of("x.") == "");
}

BOOST_AUTO_TEST_SUITE_END()
