#include "core/text/length.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>

using namespace crier::text;

namespace {

std::size_t length(std::string_view status, std::string_view spoiler = "") {
    return status_length(status, spoiler, LengthRules{});
}

std::string repeat(std::string_view text, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i)
        out += text;
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(length_of_statuses)

BOOST_AUTO_TEST_CASE(grapheme_clusters_count_one) {
    const std::pair<const char*, std::size_t> cases[] = {
        {"", 0},       {"abc", 3},      {"äöü", 3},     {"e\u0301", 1},  {"👩‍👩‍👧‍👦", 1},
        {"🇩🇪🇫🇷", 2},   {"👍🏽", 1}, {"\r\n", 1},    {"a\r\nb", 3},   {"a\n\nb", 4},
        {"한국", 2},   {"각", 1},       {"นี่", 1},       {"क्षि", 2},      {"\u200B", 1},
        {"\u0301", 1}, {"❤️", 1},   {"1️⃣", 1}, {"\xFF\xFE", 2}, {"a\xC3", 2}};
    for (const auto& [text, count] : cases)
        BOOST_TEST(graphemes(text) == count, text);
}

BOOST_AUTO_TEST_CASE(links_count_23_and_what_is_no_link_counts_itself) {
    struct {
        const char* text;
        std::size_t expected;
    } const cases[] = {
        // scheme
        {"http://a.co", 23},
        {"https://example.org/a/very/long/path/that/is/longer/than/23", 23},
        {"HTTPS://EXAMPLE.ORG/", 23},
        {"gemini://example.org/", 23},
        {"ipfs://example.org/", 23},
        {"ftp://example.org/", 18},
        {"example.org", 11},
        {"xmpp:a@example.org", 18},
        {"magnet:?xt=urn:btih:1", 21},
        // host
        {"http://localhost/x", 18},
        {"http://127.0.0.1/x", 18},
        {"http://[::1]/x", 14},
        {"http://host.internal/x", 22},
        {"http://host.local/x", 19},
        {"http://foo.example/x", 20},
        {"http://foo.test/x", 17},
        {"http://abc.onion/x", 18},
        {"http://com/x", 12},
        {"http://example.org.", 24},
        {"http://example.org.local/x", 31}, // the link ends before ".local"
        {"http://пример.рф/x", 23},
        {"http://xn--e1afmkfd.xn--p1ai/x", 23},
        {"http://a_b.example.org/x", 23},
        {"http://a.b_c.org/x", 18},
        {"http://-a.org/x", 15},
        {"http://example.org_x", 25},
        {"http://example.org@x", 20},
        {"http://example.orgを見て", 26},
        {"http://example.org:8080/x", 23},
        {"http://example.org:/x", 26},
        {"http://user@example.org/x", 25},
        // what stands before
        {"xhttp://example.org", 19},
        {"@http://example.org", 19},
        {"#http://example.org", 19},
        {"$http://example.org", 19},
        {"＃http://example.org", 19},
        {"1http://example.org", 19},
        {"(http://example.org", 24},
        {"_http://example.org", 24},
        {"éhttp://example.org", 24},
        {"、http://example.org", 24},
        // path
        {"https://example.org/a.", 24},
        {"https://example.org/a,", 24},
        {"https://example.org/a!?", 25},
        {"https://example.org/a'", 24},
        {"https://example.org/a/", 23},
        {"https://example.org/a-", 23},
        {"https://example.org/a_b_", 23},
        {"https://example.org/a」", 24},
        {"https://example.org/ä/日本", 23},
        {"https://example.org/#a", 23},
        {"https://example.org/a#b.", 24},
        {"<https://example.org/a>", 25},
        {"https://example.org/a b", 25},
        {"https://en.wikipedia.org/wiki/Primer_(film)", 23},
        {"https://example.org/a_(b_(c)_d)", 23},
        {"https://example.org/a(b", 25},
        {"(https://example.org/a)", 25},
        {"https://example.org/a()", 25},
        {"https://example.org/a_(b).", 24},
        {"https://ja.wikipedia.org/wiki/東京_(曖昧)", 27}, // the last parentheses must be plain
        {"https://example.org/(b)c", 23},
        // query
        {"https://example.org?a=b", 23},
        {"https://example.org/a?b=c&d=", 23},
        {"https://example.org/a?b=c.", 24},
        {"https://example.org/a?b=(c)", 24},
        {"https://example.org/a?b=ü", 23},
        {"https://example.org/a?", 24},
        {"https://example.org/a.?b=c", 28},
        {"https://example.org/?u=https://example.com/", 23},
        // Twitter's shortener
        {"https://t.co/abc/def", 27},
        // several
        {"http://a.co http://b.co", 47},
        {"http://a.co,http://b.co", 47},
        {"http://http://a.co", 30},
    };
    for (const auto& c : cases)
        BOOST_TEST(length(c.text) == c.expected, c.text << " counts " << length(c.text));
}

BOOST_AUTO_TEST_CASE(links_of_more_than_4096_characters_count_in_full) {
    const std::string head = "https://example.org/";
    BOOST_TEST(length(head + std::string(4096 - head.size(), 'a')) == 23U);
    BOOST_TEST(length(head + std::string(4097 - head.size(), 'a')) == 4097U);
    // "bücher" is "xn--bcher-kva" in punycode: seven characters more.
    const std::string wide = "https://bücher.example.org/";
    const std::size_t characters = graphemes(wide);
    BOOST_TEST(length(wide + std::string(4096 - 7 - characters, 'a')) == 23U);
    BOOST_TEST(length(wide + std::string(4096 - 6 - characters, 'a')) == 4090U);
    BOOST_TEST(length("https://t.co/" + std::string(40, 'a')) == 23U);
    BOOST_TEST(length("https://t.co/" + std::string(41, 'a')) == 54U);
    BOOST_TEST(length("https://" + std::string(63, 'a') + ".org/") == 23U);
    BOOST_TEST(length("https://" + std::string(64, 'a') + ".org/") == 77U);
}

BOOST_AUTO_TEST_CASE(mentions_count_their_local_part) {
    const std::pair<const char*, std::size_t> cases[] = {
        {"@user", 5},
        {"@user@example.org", 5},
        {"@a@b", 2},
        {"@user@example.org!", 6},
        {"@user@example.org.", 6},
        {"@a.b-c@example.org", 6},
        {"@a.@example.org", 15},
        {"x@user@example.org", 18},
        {"é@user@example.org", 18},
        {"/@user@example.org", 18},
        {"=@user@example.org", 18},
        {".@user@example.org", 6},
        {"@user@example.org@x", 19},
        {"@user@example.orgé", 5}, // a word character: part of the domain
        {"@user@example.org://", 20},
        {"@user@bücher.example", 5},
        {"@ü@example.org", 14},
        {"https://example.org/@user@example.com/1", 23},
        {"@a@example.org @b@example.org", 5},
        {"@user@", 6},
    };
    for (const auto& [text, count] : cases)
        BOOST_TEST(length(text) == count, text << " counts " << length(text));
    BOOST_TEST(length("@a@" + std::string(253, 'b')) == 2U);
    BOOST_TEST(length("@a@" + std::string(254, 'b')) == 257U);
}

BOOST_AUTO_TEST_CASE(content_warnings_count_in_full_and_both_are_stripped) {
    BOOST_TEST(length("abc", "cw") == 5U);
    BOOST_TEST(length("  abc\n", " cw ") == 5U);
    BOOST_TEST(length("abc", "https://example.org/long/path") == 32U);
    BOOST_TEST(length("abc", "@user@example.org") == 20U);
    BOOST_TEST(length("\u0301bc", "cw") == 4U);     // the mark joins the warning's last letter
    BOOST_TEST(length("http://a.co\u0301") == 23U); // and here the last of the 23
}

BOOST_AUTO_TEST_CASE(servers_without_a_fixed_number_count_links_in_full) {
    LengthRules rules;
    rules.per_url = 0;
    BOOST_TEST(status_length("http://example.org/ x", "", rules) == 21U);
    BOOST_TEST(status_length("@user@example.org", "", rules) == 5U);
}

BOOST_AUTO_TEST_CASE(a_megabyte_of_anything_is_counted_in_linear_time) {
    const char* hostile[] = {"a",
                             "://",
                             "http://",
                             "http://a.",
                             "@",
                             "@a",
                             "@a@a",
                             "@a.",
                             "#a",
                             "(",
                             "http://a.co/(",
                             "http://a.co/(a",
                             "http://a.co?",
                             "http://a.co/.",
                             "a.a.",
                             "👩‍",
                             "é",
                             "\xFF",
                             " ",
                             "@a@a.",
                             "http://é.",
                             "http://a.co/((a)",
                             "t.co/"};
    const auto begin = std::chrono::steady_clock::now();
    for (const char* part : hostile) {
        const std::string text = repeat(part, 1'000'000 / std::string_view{part}.size());
        BOOST_TEST(length(text + "x") > 0U);
        BOOST_TEST(length("http://a.co/" + text) > 0U);
        BOOST_TEST(length("http://" + text) > 0U);
    }
    const auto spent = std::chrono::steady_clock::now() - begin;
    // Generous, for sanitizers and busy machines; quadratic time would take hours.
    BOOST_TEST((spent < std::chrono::seconds{60}));
}

BOOST_AUTO_TEST_SUITE_END()
