#include "mastodon/words.hpp"

#include "answers.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::mastodon;
using namespace crier::mastodon::test;

namespace {

std::string words(const char* headers, std::string body) {
    return read_words(response(400, headers, std::move(body))).text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(mastodon_words)

BOOST_AUTO_TEST_CASE(one_line_without_anything_that_a_terminal_obeys) {
    BOOST_TEST(bounded_line("a\r\n\tb\x1b[31mc\x7f") == "a b [31mc");
    BOOST_TEST(bounded_line("  blanks   in \n it ") == "blanks in it");
    BOOST_TEST(bounded_line("left \xe2\x80\xae right") == "left right"); // U+202E turns the direction
    BOOST_TEST(bounded_line("caf\xc3\xa9 \xff!") == "caf\xc3\xa9 \xef\xbf\xbd!");
    BOOST_TEST(bounded_line("\xc2\x9b") == ""); // a control of C1
    BOOST_TEST(bounded_line("") == "");
}

BOOST_AUTO_TEST_CASE(three_hundred_characters_and_never_half_a_one) {
    std::string text;
    for (int i = 0; i < 400; ++i)
        text += "\xc3\xa4";
    const std::string line = bounded_line(text);
    BOOST_TEST(line.size() == 2 * 300 + 3U);
    BOOST_TEST(line.substr(600) == "…");
    BOOST_TEST(bounded_line(text.substr(0, 600)) == text.substr(0, 600));
}

BOOST_AUTO_TEST_CASE(where_words_are_found) {
    BOOST_TEST(words("", R"({"error":"a","error_description":"b"})") == "a: b");
    BOOST_TEST(words("", R"({"error":"a","error_description":"a"})") == "a");
    BOOST_TEST(words("", R"({"error_description":"b"})") == "b");
    BOOST_TEST(words("", R"({"error":"tab\tand\nline"})") == "tab and line");
    BOOST_TEST(words("", R"({"error":5})") == "");
    BOOST_TEST(words("", R"({"detail":"d","title":"t"})") == "d");
    BOOST_TEST(words("", R"({"errors":[]})") == "");
    BOOST_TEST(words("", "<html><Title>\n It&#39;s &quot;down&quot; &amp;amp; out</title>") ==
               "It's \"down\" &amp; out");
    BOOST_TEST(words("", "<title>never closed") == "");
    BOOST_TEST(words("", "just text") == "");
    BOOST_TEST(words("Content-Type: text/plain; charset=utf-8", "first\nsecond") == "first");
    BOOST_TEST(words("", "") == "");
}

BOOST_AUTO_TEST_CASE(the_api_is_known_by_its_error) {
    BOOST_TEST(read_words(response(404, "", R"({"error":"x"})")).by_api);
    BOOST_TEST(read_words(response(404, "", R"({"error":{"message":"x"}})")).by_api);
    BOOST_TEST(!read_words(response(404, "", R"({"message":"x"})")).by_api);
    BOOST_TEST(!read_words(response(404, "", R"("error")")).by_api);
    BOOST_TEST(!read_words(response(404, "", "<title>error</title>")).by_api);
}

BOOST_AUTO_TEST_CASE(what_is_secret_is_found_however_it_was_wrapped) {
    const std::string secret = "s3/cr+t=";
    const auto struck = [&](std::string text) {
        strike_out(text, secret);
        return text;
    };
    BOOST_TEST(struck("a s3/cr+t= b s3/cr+t=") == "a *** b ***");
    BOOST_TEST(struck("a s3%2Fcr%2bt%3D b") == "a *** b");
    BOOST_TEST(struck("%73%33%2f%63%72%2b%74%3d") == "***");
    BOOST_TEST(struck(R"("s3\/cr+t=")") == R"("***")");
    BOOST_TEST(struck(R"("\u0073\u0033\u002F\u0063\u0072\u002b\u0074\u003d")") == R"("***")");
    BOOST_TEST(struck(R"("s3\u00252fcr+t=")") == R"("***")"); // a form in JSON
    // What only looks like it, and what ends in the middle of it.
    for (const char* other : {"s3/cr+t", "s3%2Fcr%2bt%3", "s3%2Fcr%2bt%", R"(s3\/cr+t\)", R"(s3\/cr+t\u00)",
                              "100% of \\ it", "%zz", "\\u00e9", ""})
        BOOST_TEST(struck(other) == other);
    // A secret that has such signs itself.
    std::string text = "a%41%zz\\u0041 b";
    strike_out(text, "a%41%zz\\u0041");
    BOOST_TEST(text == "*** b");
    std::string brief = "abcde";
    strike_out(brief, "abcde");
    BOOST_TEST(brief == "abcde");
}

BOOST_AUTO_TEST_SUITE_END()
