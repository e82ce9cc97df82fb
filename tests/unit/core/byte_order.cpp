#include "core/text/byte_order.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using crier::text::without_byte_order_mark;

BOOST_AUTO_TEST_SUITE(byte_order_marks)

BOOST_AUTO_TEST_CASE(what_windows_writes_is_read) {
    using namespace std::string_literals;
    const std::string text = "a\xC3\xBC\xF0\x9F\x98\x80\n";
    BOOST_TEST(without_byte_order_mark("\xEF\xBB\xBF" + text) == text);
    BOOST_TEST(without_byte_order_mark("\xFF\xFE" // little end first
                                       "a\0\xFC\0\x3D\xD8\x00\xDE\n\0"s) == text);
    BOOST_TEST(without_byte_order_mark("\xFE\xFF"
                                       "\0a\0\xFC\xD8\x3D\xDE\x00\0\n"s) == text);
}

BOOST_AUTO_TEST_CASE(other_bytes_come_out_as_they_are) {
    using namespace std::string_literals;
    for (const std::string& bytes : {""s, "a"s, "\xFF"s, "a\0b\0"s, "\xEF\xBB"s, "\xFFz\xFE"s})
        BOOST_TEST(without_byte_order_mark(bytes) == bytes);
    BOOST_TEST(without_byte_order_mark("\xFF\xFE"s).empty());
    BOOST_TEST(without_byte_order_mark("\xFF\xFEz"s).empty()); // half of a letter
    const std::string unknown = "\xEF\xBF\xBD";
    BOOST_TEST(without_byte_order_mark("\xFE\xFF\xD8\x3D"s) == unknown);
    BOOST_TEST(without_byte_order_mark("\xFE\xFF\xD8\x3D\0a"s) == unknown + "a");
    BOOST_TEST(without_byte_order_mark("\xFE\xFF\xDE\x00"s) == unknown);
}

BOOST_AUTO_TEST_SUITE_END()
