#include "sandbox/content/length.hpp"

#include "sandbox/content/domain.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace crier::sandbox;

namespace {

std::size_t counted(std::string_view status, std::string_view spoiler_text = "") {
    return counted_length(spoiler_text, status, {});
}

std::string times(std::size_t count, std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i)
        out += text;
    return out;
}

struct Case {
    std::string text;
    std::size_t length = 0;
};

void check(const std::vector<Case>& cases) {
    for (const auto& [text, length] : cases)
        BOOST_TEST(counted(text) == length,
                   "\"" << text << "\" counts " << counted(text) << ", not " << length);
}

} // namespace

BOOST_AUTO_TEST_SUITE(sandbox_length)

BOOST_AUTO_TEST_CASE(grapheme_clusters_count_one_each) {
    check({{"", 0},
           {"abc", 3},
           {"Grüße", 5},
           {"e\u0301", 1},
           {"👩‍👩‍👧‍👦", 1},
           {"👍🏽", 1},
           {"🇩🇪🇫🇷", 2},
           {"1️⃣", 1},
           {"❤️", 1},
           {"각", 1},
           {"नि", 1},
           {"a\r\nb", 3},
           {"a\nb", 3},
           {"a\n\nb", 4},
           {"a\n\rb", 4},
           {":shortcode:", 11},
           {"**bold** <b>", 12},
           {"a\xFF\xFE", 3},
           {"a\xE2\x82", 3}});
}

BOOST_AUTO_TEST_CASE(both_strings_are_stripped_and_joined_with_nothing_between) {
    BOOST_TEST(counted(" \r\n abc \t\v\f\n") == 3U);
    BOOST_TEST(counted("abc", "  warning  ") == 10U);
    BOOST_TEST(counted(std::string_view("abc\0\0", 5)) == 3U);
    BOOST_TEST(counted("\u00A0abc\u00A0") == 5U); // no ASCII white space
    BOOST_TEST(counted("") == 0U);
    BOOST_TEST(counted("\u0301bc", "a") == 3U); // the accent joins the letter before it
    BOOST_TEST(counted("\u0301bc", "") == 3U);
}

BOOST_AUTO_TEST_CASE(links_in_the_content_warning_count_in_full) {
    BOOST_TEST(counted("http://a.co", "http://a.co") == 11U + 23U);
    BOOST_TEST(counted("x", "@user@example.org") == 18U);
}

BOOST_AUTO_TEST_CASE(a_link_counts_23_however_long_it_is) {
    check({{"http://a.co", 23},
           {"HTTPS://EXAMPLE.ORG/", 23},
           {"https://example.org/a/very/long/path?with=a&query=too#and-more", 23},
           {"see https://example.org/ now", 4 + 23 + 4},
           {"http://a.co http://b.co", 47},
           {"http://a.co\nhttp://b.co", 47},
           {"http://a.co,http://b.co", 47},
           {"http://a.co/http://b.co", 23},
           {"http://example.org:8080/x", 23},
           {"http://example.org:x", 23 + 2},
           {"http://example.org:", 23 + 1},
           {"https://example.org\u0301", 24 - 1}}); // joins the last x
}

BOOST_AUTO_TEST_CASE(only_some_schemes_make_a_link) {
    check({{"dat://example.org", 23},
           {"dweb://example.org", 23},
           {"ipfs://example.org", 23},
           {"ipns://example.org", 23},
           {"ssb://example.org", 23},
           {"gopher://example.org", 23},
           {"gemini://example.org", 23},
           {"example.org", 11},
           {"www.example.org/path", 20},
           {"ftp://example.org", 17},
           {"mailto:a@example.org", 20},
           {"xmpp:a@example.org", 18},
           {"magnet:?xt=urn:btih:1", 21},
           {"http:/example.org", 17},
           {"http//example.org", 17}});
}

BOOST_AUTO_TEST_CASE(the_last_label_of_a_host_is_a_known_top_level_domain) {
    check({{"http://localhost/x", 18},
           {"http://127.0.0.1/x", 18},
           {"http://[::1]/x", 14},
           {"http://host.internal/x", 22},
           {"http://host.local/x", 19},
           {"http://host.example/x", 21},
           {"http://host.c/x", 15},
           {"http://com/x", 12},
           {"http://.com/x", 13},
           {"http://-a.com/x", 15},
           {"http://a-.com/x", 15},
           {"http://a-b.com/x", 23},
           {"http://a_b.com/x", 16},
           {"http://a_b.example.com/x", 23},
           {"http://abc.onion/x", 23},
           {"http://a.social", 23},
           {"http://a.museum", 23},
           {"http://a.xn--p1ai/x", 23},
           {"http://a.xn--/x", 15},
           {"http://пример.рф/x", 23},
           {"http://例え.みんな/x", 23},
           {"http://bücher.de/x", 23},
           {"http://👍.ws", 23},
           {"http://example.com.internal/x", 23 + 11},
           {"http://example.com@evil.org", 27},
           {"http://user:pass@example.org/", 29},
           {"http://example.com+x", 20},
           {"http://example.com-x", 20},
           {"http://example.com_x", 23 + 2},
           {"http://example.comü", 23 + 1}});
}

BOOST_AUTO_TEST_CASE(the_character_before_a_link_decides) {
    check({{"xhttp://a.co", 12},
           {"1http://a.co", 12},
           {"@http://a.co", 12},
           {"$http://a.co", 12},
           {"#http://a.co", 12},
           {"＠http://a.co", 12},
           {"＃http://a.co", 12},
           {"\uFEFFhttp://a.co", 12},
           {"(http://a.co)", 25},
           {"\"http://a.co\"", 25},
           {"_http://a.co", 24},
           {"/http://a.co", 24},
           {"-http://a.co", 24},
           {"üхttp://a.co", 12},
           {"ühttp://a.co", 24},
           {"。http://a.co", 24},
           {"a\nhttp://a.co", 25},
           {"\u202Ahttp://a.co", 24}});
}

BOOST_AUTO_TEST_CASE(an_address_without_a_scheme_swallows_what_its_path_holds) {
    check({{"b.org/http://a.co", 17}, {"b.org http://a.co", 6 + 23}, {"b.orgx/http://a.co", 7 + 23}});
}

BOOST_AUTO_TEST_CASE(a_path_does_not_end_in_punctuation) {
    const std::string link = "http://a.co/x";
    for (const std::string_view mark :
         {".", ",", ":", ";", "!", "?",  "'",  "\"", "*", "=", "%", "&",   "~",
          "|", "[", "]", "$", "@", "「", "」", "<",  ">", "(", ")", "...", "?!"}) {
        const std::size_t length = mark.size() == 3 && mark != "..." ? 1 : mark.size(); // one letter or ASCII
        BOOST_TEST(counted(link + std::string(mark)) == 23 + length, "behind the path: " << mark);
    }
    check({{link + "/", 23},
           {link + "-", 23},
           {link + "_", 23},
           {link + "#", 23},
           {link + "+", 23},
           {link + "ü", 23},
           {link + "。", 23},
           {link + ".html", 23},
           {link + ".,;y", 23},
           {link + " y", 25},
           {link + "\u3000y", 25},
           {link + "?", 24},
           {link + "<y", 25},
           {"http://a.co.", 24},
           {"http://a.co/.", 24},
           {"http://a.co/", 23}});
}

BOOST_AUTO_TEST_CASE(parentheses_in_a_path_are_balanced_one_level_deep) {
    check({{"http://a.co/x_(film)", 23},
           {"(http://a.co/x_(film))", 25},
           {"http://a.co/(a(b)c)", 23},
           {"http://a.co/(a(b)c)/d", 23},
           {"http://a.co/(a)(b)", 23},
           {"http://a.co/x(", 24},
           {"http://a.co/x()", 25},
           {"http://a.co/x(a", 25},
           {"http://a.co/x(a(b(c)))", 23 + 9},
           {"http://a.co/x_(film).", 24},
           {"http://a.co/x)", 24},
           // A pair that ends the path holds only what twitter-text lets stand there.
           {"http://a.co/x(a-b_ü_й)", 23},
           {"http://a.co/x(日本)", 23 + 4},
           {"http://a.co/x(^)", 23 + 3},
           {"http://a.co/x(日本)y", 23},
           {"http://a.co/x(a(日本)b)", 23 + 8}});
}

BOOST_AUTO_TEST_CASE(a_query_ends_in_what_may_end_it) {
    check({{"http://a.co?a=1", 23},
           {"http://a.co/?a=1", 23},
           {"http://a.co/x?a=1&b=", 23},
           {"http://a.co/x?a=1&", 23},
           {"http://a.co/x?a=1#", 23},
           {"http://a.co/x?a=1/", 23},
           {"http://a.co/x?a=ü", 23},
           {"http://a.co/x?a=(b)", 24},
           {"http://a.co/x?a=1.", 24},
           {"http://a.co/x?a=1?", 24},
           {"http://a.co/x?a=1,\"", 25},
           {"http://a.co/x.?a=1", 23 + 5},
           {"http://a.co?", 24}});
}

BOOST_AUTO_TEST_CASE(a_link_over_4096_characters_counts_in_full) {
    const std::string start = "http://example.org/";
    const auto link = [&](std::size_t size) { return start + times(size - start.size(), "a"); };
    BOOST_TEST(counted(link(4096)) == 23U);
    BOOST_TEST(counted(link(4097)) == 4097U);

    // With its host in punycode: "xn--bcher-kva" is seven longer than "bücher".
    const std::string wide = "http://bücher.org/";
    const std::size_t own = wide.size() - 1; // ü is two bytes
    BOOST_TEST(counted(wide + times(4089 - own, "a")) == 23U);
    BOOST_TEST(counted(wide + times(4090 - own, "a")) == 4090U);

    // Letters, not bytes.
    BOOST_TEST(counted(start + times(4096 - start.size(), "ü")) == 23U);
}

BOOST_AUTO_TEST_CASE(hosts_beyond_ascii_are_measured_in_punycode) {
    const std::pair<const char*, std::size_t> labels[] = {{"münchen", 14},
                                                          {"例え", 11},
                                                          {"ひとつ屋根の下2", 23},
                                                          {"他们为什么不说中文", 28},
                                                          {"tạisaohọkhôngthểchỉnóitiếngviệt", 48},
                                                          {"почемужеонинеговорятпорусски", 36},
                                                          {"👍", 8},
                                                          {"ααβγ-δ1", 14},
                                                          {"plain", 5}};
    for (const auto& [label, size] : labels) {
        const auto letters = letters_of(std::string(label) + ".org");
        BOOST_TEST(ascii_domain_length(letters, 0, letters.size() - 1).value_or(0) == size + 4, label);
    }
}

BOOST_AUTO_TEST_CASE(a_label_over_63_letters_is_no_name) {
    BOOST_TEST(counted("http://" + times(63, "a") + ".org") == 23U);
    BOOST_TEST(counted("http://" + times(64, "a") + ".org") == 75U);
}

BOOST_AUTO_TEST_CASE(short_links_have_a_rule_of_their_own) {
    check({{"https://t.co/abc", 23},
           {"https://t.co/abc/def", 23 + 4},
           {"https://t.co/abc?d=e", 23 + 4},
           {"https://t.co/", 23},
           {"https://t.co/" + times(40, "a"), 23},
           {"https://t.co/" + times(41, "a"), 54},
           {"https://t.co.uk/abc/def", 23}});
}

BOOST_AUTO_TEST_CASE(a_mention_counts_its_local_part) {
    check({{"@user", 5},
           {"@user@example.org", 5},
           {"@a@b", 2},
           {"hello @a@b!", 9},
           {"@user@example.org.", 6},
           {"@user.name@example.org", 10},
           {"@user.-name@example.org", 11},
           {"@user-@example.org", 18}, // the mention is "@user", and "-" stands before the second "@"
           {"@USER_1@Example.ORG", 7},
           {"@user@bücher.de", 5},
           {"@user@example-.org", 5},
           {"@a@b @c@d", 5},
           {"(@a@b)", 4},
           {"-@a@b", 3},
           {"#@a@b", 3},
           {"@@a@b", 3}});
}

BOOST_AUTO_TEST_CASE(what_is_no_mention_counts_in_full) {
    check({{"x@a@b", 5},
           {"1@a@b", 5},
           {"_@a@b", 5},
           {"ü@a@b", 5},
           {"/@a@b", 5},
           {"=@a@b", 5},
           {"@a@b@c", 6},
           {"@a@", 3},
           {"@a＠b", 4},
           {"@aé@b", 5},
           {"@a://b", 6},
           {"@ü@b", 4},
           {"@ a@b", 5},
           {"@.a@b", 5},
           {"@a@.b", 5},
           {"@a@" + times(253, "b"), 2},
           {"@a@" + times(254, "b"), 257}});
}

BOOST_AUTO_TEST_CASE(of_two_that_overlap_the_first_counts) {
    check({{"https://example.org/@user@example.org", 23},
           {"https://example.org/:@user@example.org", 23},
           {"https://example.org/?@user@b", 23},
           {"@http@b.org://example.org", 25},
           {"https://a.co @u@b https://c.co", 23 + 1 + 2 + 1 + 23}});
}

BOOST_AUTO_TEST_CASE(hashtags_hide_no_link) {
    check({{"#tag", 4}, {"#tag http://a.co", 28}, {"#http://a.co", 12}});
}

BOOST_AUTO_TEST_CASE(the_rules_can_differ) {
    BOOST_TEST(counted_length("", "http://a.co @a@b", {25}) == 28U);
    BOOST_TEST(counted_length("", "x http://a.co", {0}) == 2U);
    // GoToSocial: code points, nothing discounted or stripped.
    BOOST_TEST(counted_length("cw", " http://a.co @a@b\r\ne\u0301", {23, Counting::code_points}) ==
               2U + 1 + 11 + 1 + 4 + 2 + 2);
    BOOST_TEST(counted_length("", "👩‍👩‍👧‍👦", {23, Counting::code_points}) == 7U);
    // Pleroma: clusters, in full; text and warning trimmed as one.
    BOOST_TEST(counted_length("cw ", " http://a.co @a@b 👩‍👩‍👧‍👦",
                              {23, Counting::clusters}) == 11U + 1 + 4 + 1 + 1 + 2);
    // The Misskey family: what JavaScript and C# call a length.
    BOOST_TEST(counted_length("cw", "http://a.co 👍e\u0301", {23, Counting::utf16}) == 2U + 11 + 1 + 2 + 2);
    BOOST_TEST(counted_length("", std::string(500'000, 'x'), {23, Counting::none}) == 0U);
}

BOOST_AUTO_TEST_CASE(long_texts_that_look_like_hosts_take_no_longer) {
    // Each of these takes minutes when every place is searched to the end.
    BOOST_TEST(counted(times(100'000, "ü.")) == 200'000U);
    BOOST_TEST(counted("http://a.co/" + times(50'000, "(a")) == 23U + 100'000U);
    BOOST_TEST(counted(times(100'000, "@a")) == 200'000U);
}

BOOST_AUTO_TEST_SUITE_END()
