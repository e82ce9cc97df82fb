#include "sys/shell_word.hpp"

#include "sys/printable.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::sys;

BOOST_AUTO_TEST_SUITE(shell_words)

BOOST_AUTO_TEST_CASE(names_are_quoted_where_a_shell_would_heed_them) {
    const struct {
        const char* name;
        const char* word;
    } rows[] = {
        {"/etc/crier/news-2_b.token", "/etc/crier/news-2_b.token"},
        {"", "''"},
        {"/a b", "'/a b'"},
        {"/a;rm -rf ~", "'/a;rm -rf ~'"},
        {"/$(x)`y`*", "'/$(x)`y`*'"},
        {"/it's", "'/it'\\''s'"},
        {"/a\\b", "'/a\\b'"},
        {"/gr\xC3\xBC\xC3\x9F", "'/gr\xC3\xBC\xC3\x9F'"},
        {"/a\nb", "$'/a\\012b'"},
        {"/\x1b[31m1'\\", "$'/\\033[31m1\\'\\\\'"},
        {"/\xC2\x9B"
         "2J",
         "$'/\\302\\2332J'"},
        {"/\xFF\xFE", "$'/\\377\\376'"},
        {"/\xE2\x80\xAE.txt", "$'/\\342\\200\\256.txt'"},
    };
    for (const auto& row : rows) {
        BOOST_TEST(shell_word(row.name) == row.word);
        BOOST_TEST(printable(shell_word(row.name)) == row.word);
    }
}

BOOST_AUTO_TEST_CASE(json_of_a_library_is_made_printable) {
    BOOST_TEST(printable_json("{\"a\":\"b\\n\"}") == "{\"a\":\"b\\n\"}");
    BOOST_TEST(printable_json("\"gr\xC3\xBC\xC3\x9F\"") == "\"gr\xC3\xBC\xC3\x9F\"");
    BOOST_TEST(printable_json("\"\x7F\xC2\x9B\xE2\x80\xAE\"") == "\"\\u007f\\u009b\\u202e\"");
    BOOST_TEST(printable_json("\"a\xFF\xFE\"") == "\"a\xEF\xBF\xBD\xEF\xBF\xBD\"");
    BOOST_TEST(printable_json("{\n}") == "{\n}");
}

BOOST_AUTO_TEST_SUITE_END()
