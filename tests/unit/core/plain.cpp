#include "core/text/plain.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::text;

BOOST_AUTO_TEST_SUITE(plain)

BOOST_AUTO_TEST_CASE(strip_takes_ascii_white_space_only) {
    BOOST_TEST(strip(" \t\r\n\v\fa b\n ") == "a b");
    BOOST_TEST(strip("\u00A0a\u00A0") == "\u00A0a\u00A0");
    BOOST_TEST(strip(" \n ") == "");
}

BOOST_AUTO_TEST_CASE(one_line_folds_all_white_space) {
    BOOST_TEST(one_line("  a\r\n\n b\u00A0\u2028c\t") == "a b c");
    BOOST_TEST(one_line("\n") == "");
    BOOST_TEST(one_line("a\xFF z") == "a\xFF z");
}

BOOST_AUTO_TEST_CASE(first_graphemes_never_cut_one) {
    BOOST_TEST(first_graphemes("abc", 2) == "ab");
    BOOST_TEST(first_graphemes("e\u0301e\u0301", 1) == "e\u0301");
    BOOST_TEST(first_graphemes("👩‍👩‍👧‍👦x", 1) == "👩‍👩‍👧‍👦");
    BOOST_TEST(first_graphemes("🇩🇪🇫🇷", 1) == "🇩🇪");
    BOOST_TEST(first_graphemes("abc", 9) == "abc");
    BOOST_TEST(first_graphemes("abc", 0) == "");
}

BOOST_AUTO_TEST_CASE(shorten_cuts_at_a_words_end) {
    struct {
        const char* text;
        std::size_t count;
        const char* expected;
    } const cases[] = {
        {"a short text", 12, "a short text"},
        {"a short text", 11, "a short…"},
        {"a short text", 8, "a short…"},
        {"a short text", 7, "a…"},
        {"a short text", 1, ""},
        {"well, that is it", 6, "well…"},
        {"one. two", 6, "one…"},
        {"Donaudampfschiff", 6, "Donau…"},
        {"👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 2,
         "👩‍👩‍👧‍👦…"},
        {"e\u0301e\u0301e\u0301e\u0301", 3, "e\u0301e\u0301…"},
        {"東京に行きました。また来ます。", 6, "東京に行き…"},
        {"see https://example.org/a/very/long/path now", 30, "see…"},
        {"https://example.org/ now and then", 25, "https://example.org/ now…"},
        {"https://example.org/ now and then", 22, "https://example.org/ …"},
        {"https://example.org/ now and then", 20, ""},
        {"hello @somebody@example.org", 20, "hello…"},
        {"hello #hashtag", 10, "hello…"},
        {"", 5, ""},
        {"bad \xFF\xFE\xFD bytes", 6, "bad…"},
    };
    for (const auto& c : cases)
        BOOST_TEST(shorten(c.text, c.count) == c.expected, c.text << " to " << c.count);
}

BOOST_AUTO_TEST_CASE(case_is_changed_beyond_ascii) {
    BOOST_TEST(upper("straße éà") == "STRASSE ÉÀ");
    BOOST_TEST(lower("ÄÖ ΣA") == "äö σa");
    BOOST_TEST(fold_case("ΟΔΟΣ") == fold_case("οδος"));
    BOOST_TEST(fold_case("STRASSE") == fold_case("Straße"));
    BOOST_TEST(fold_case("\xFF") == "\xFF");
}

BOOST_AUTO_TEST_CASE(mentions_are_defused_and_nothing_else) {
    const std::pair<const char*, const char*> cases[] = {
        {"@user hi", "@\u200Buser hi"},
        {"hi @user@example.org!", "hi @\u200Buser@example.org!"},
        {"(@user)", "(@\u200Buser)"},
        {"mail me: a@example.org", "mail me: a@example.org"},
        {"https://example.org/@user/1", "https://example.org/@user/1"},
        {"https://example.org/x:@user @you", "https://example.org/x:%40user @\u200Byou"},
        {"https://example.org/a,@user@m.example", "https://example.org/a,%40user@m.example"},
        {"https://example.org/?by=@user", "https://example.org/?by=@user"},
        {"https://me@example.org/", "https://me@example.org/"},
        {"at @ noon", "at @ noon"},
        {"é@user", "é@user"},
        {"@@user", "@@\u200Buser"},
        {"no signs", "no signs"},
    };
    for (const auto& [text, expected] : cases)
        BOOST_TEST(defuse_mentions(text) == expected, text);
    BOOST_TEST(defuse_mentions("http://127.0.0.1:8421/@bot/1 https://wiki.internal/@a @b") ==
               "http://127.0.0.1:8421/@bot/1 https://wiki.internal/@a @\u200Bb");
    BOOST_TEST(defuse_mentions(defuse_mentions("@user")) == "@\u200Buser");
}

BOOST_AUTO_TEST_CASE(words_become_hashtags) {
    const std::pair<const char*, const char*> cases[] = {
        {"Machine Learning", "#MachineLearning"},
        {"machine learning", "#MachineLearning"},
        {"linux", "#linux"},
        {"iOS", "#iOS"},
        {"open-source software", "#OpenSourceSoftware"},
        {"Don't Panic", "#DontPanic"},
        {"C++", "#C"},
        {"#already", "#already"},
        {"2026", ""},
        {"Agenda 2030", "#Agenda2030"},
        {"über uns", "#ÜberUns"},
        {"東京", "#東京"},
        {"snake_case", "#snake_case"},
        {"&&&", ""},
        {"", ""},
    };
    for (const auto& [words, expected] : cases)
        BOOST_TEST(hashtag(words) == expected, words);
    BOOST_TEST(hashtags({"a b", "c", "A B", "7", "d"}, 9) == "#AB #c #d");
    BOOST_TEST(hashtags({"a", "b", "c"}, 2) == "#a #b");
}

BOOST_AUTO_TEST_CASE(all_but_unreserved_characters_are_percent_encoded) {
    BOOST_TEST(url_encode("a-z_0.9~") == "a-z_0.9~");
    BOOST_TEST(url_encode("a b/ü?") == "a%20b%2F%C3%BC%3F");
}

BOOST_AUTO_TEST_SUITE_END()
