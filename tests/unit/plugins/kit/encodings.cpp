#include "kit/encoding.hpp"
#include "sdk/crier_plugin.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using crier::kit::FileText;
using crier::kit::is_utf8;

BOOST_AUTO_TEST_SUITE(kit_encodings)

BOOST_AUTO_TEST_CASE(utf_8_stays_as_it_is) {
    for (const char* text :
         {"", "plain", "gr\xc3\xbc\xc3\x9f", "\xe2\x82\xac", "\xf0\x9f\xa6\x8a", "\xed\x9f\xbf"}) {
        const FileText file{text};
        BOOST_TEST(file.text() == text);
        BOOST_TEST(!file.guessed());
    }
    BOOST_TEST(FileText{"\xef\xbb\xbfmarked"}.text() == "marked");
}

BOOST_AUTO_TEST_CASE(what_is_no_utf_8_is_windows_1252) {
    const FileText file{"gr\xfc\xdf \x80 \x93q\x94 \x81"};
    BOOST_TEST(file.text() == "gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xe2\x80\x9cq\xe2\x80\x9d \xef\xbf\xbd");
    BOOST_TEST(file.guessed());
}

BOOST_AUTO_TEST_CASE(what_cannot_be_utf_8) {
    for (const char* text :
         {"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
          "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xc3", "\xe2\x82", "\xf0\x9f\xa6", "\xc3q"})
        BOOST_TEST(!is_utf8(text));
}

BOOST_AUTO_TEST_CASE(what_is_no_text_is_refused) {
    using namespace std::string_view_literals;
    BOOST_CHECK_THROW(FileText{"\xff\xfe\x61\x00"sv}, crier::sdk::Error);
    BOOST_CHECK_THROW(FileText{"\xfe\xff\x00\x61"sv}, crier::sdk::Error);
    BOOST_CHECK_THROW(FileText{"a\0b"sv}, crier::sdk::Error);
}

BOOST_AUTO_TEST_SUITE_END()
