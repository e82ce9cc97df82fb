#include "store/sql_text.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::store;

BOOST_AUTO_TEST_SUITE(postgres_texts)

BOOST_AUTO_TEST_CASE(parameters_are_numbered_as_sqlite_numbers_them) {
    BOOST_TEST(for_postgres("a=? AND b=?") == "a=$1 AND b=$2");
    BOOST_TEST(for_postgres("a=?2 AND b=?1 AND c=?") == "a=$2 AND b=$1 AND c=$3");
    BOOST_TEST(for_postgres("?1,?12") == "$1,$12");
}

BOOST_AUTO_TEST_CASE(an_index_is_not_named) {
    BOOST_TEST(for_postgres("FROM posts INDEXED BY posts_x WHERE a=?") == "FROM posts  WHERE a=$1");
    BOOST_TEST(for_postgres("FROM posts NOT INDEXED WHERE a") == "FROM posts  WHERE a");
    BOOST_TEST(for_postgres("WAS_INDEXED BY x") == "WAS_INDEXED BY x");
}

BOOST_AUTO_TEST_CASE(what_is_quoted_stays) {
    BOOST_TEST(for_postgres("a='?' AND b='it''s ?2 INDEXED BY x' AND c=?") ==
               "a='?' AND b='it''s ?2 INDEXED BY x' AND c=$1");
    BOOST_TEST(for_postgres("\"odd?name\"=?") == "\"odd?name\"=$1");
    BOOST_TEST(for_postgres("a='?") == "a='?"); // no end: the server says so
}

BOOST_AUTO_TEST_CASE(texts_are_what_postgresql_takes) {
    using namespace std::string_literals;
    for (const std::string good :
         {"", "plain", "Grüße", "\xf0\x9f\xa6\xa3", "\xed\x9f\xbf", "\xef\xbf\xbf"}) {
        BOOST_TEST(is_plain_utf8(good), good);
        BOOST_TEST(as_plain_utf8(good) == good);
    }
    const std::string mark = "\xef\xbf\xbd";
    BOOST_TEST(as_plain_utf8("a\0b"s) == "a" + mark + "b");
    BOOST_TEST(as_plain_utf8("a\xff") == "a" + mark);
    BOOST_TEST(as_plain_utf8("\xc3") == mark);                                  // cut off
    BOOST_TEST(as_plain_utf8("\xc0\x80") == mark + mark);                       // overlong
    BOOST_TEST(as_plain_utf8("\xed\xa0\x80") == mark + mark + mark);            // a surrogate
    BOOST_TEST(as_plain_utf8("\xf4\x90\x80\x80") == mark + mark + mark + mark); // past the last
    BOOST_TEST(!is_plain_utf8("\xe0\x9f\xbf"));
}

BOOST_AUTO_TEST_SUITE_END()
