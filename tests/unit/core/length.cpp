#include "core/text/length.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <set>

using namespace crier::text;

/// Each number is worked out by hand from Mastodon's rules, and `why` says from which: app/validators/
/// status_length_validator.rb, app/lib/extractor.rb, config/initializers/twitter_regex.rb,
/// Account::MENTION_RE, Ruby's String#each_grapheme_cluster and #strip, and twitter-text 3.1 where those
/// leave off.
namespace {

struct Counted {
    std::string_view text;
    std::string_view warning;
    std::size_t expected;
    std::string_view why;
};

constexpr Counted plain_text[] = {
    {"", "", 0, "nothing"},
    {"abc", "", 3, "ASCII, one each"},
    {"äöü", "", 3, "one each, whatever their bytes"},
    {"e\u0301", "", 1, "a base and its mark are one cluster"},
    {"e\u0301\u0302\u0303", "", 1, "and so are all of its marks"},
    {"\u0301", "", 1, "a mark without a base"},
    {"a\r\nb", "", 3, "CR LF is one cluster"},
    {"a\n\nb", "", 4, "a newline counts one"},
    {"a\n\u0301", "", 3, "no mark joins a newline"},
    {"a\tb", "", 3, "a tab counts one"},
    {"a  b", "", 4, "blanks within are not folded"},
    {"👍", "", 1, "one code point beyond the first plane"},
    {"👍🏽", "", 1, "a skin tone extends its emoji"},
    {"❤️", "", 1, "a variation selector extends"},
    {"1️⃣", "", 1, "a keycap: digit, selector, enclosing mark"},
    {"👩‍👩‍👧‍👦", "", 1, "joined by ZWJ"},
    {"👩🏽‍🚒", "", 1, "skin tone and ZWJ"},
    {"🏳️‍🌈", "", 1, "selector and ZWJ"},
    {"👩‍", "", 1, "a ZWJ extends what stands before it"},
    {"a\u200D👩", "", 2, "ZWJ joins emoji only"},
    {"🇩🇪", "", 1, "a flag is two regional indicators"},
    {"🇩🇪🇫🇷", "", 2, "which pair off from the left"},
    {"🇩🇪🇫", "", 2, "and one may be left over"},
    {"🏴󠁧󠁢󠁥󠁮󠁧󠁿", "", 1, "a flag of tags"},
    {"👍👍", "", 2, "two emoji"},
    {"한국", "", 2, "syllables"},
    {"\u1112\u1161\u11AB", "", 1, "leading consonant, vowel and trailing consonant"},
    {"นี่", "", 1, "Thai: consonant, vowel and tone"},
    {"क्षि", "", 2, "Ruby's clusters know no Indic conjuncts"},
    {"\u0600\u0661", "", 1, "what prepends joins what follows"},
    {"\u200B", "", 1, "a zero-width space is a control: by itself"},
    {"a\u200Bb", "", 3, "and breaks on both sides"},
    {"a\u200Cb", "", 2, "ZWNJ extends"},
    {"\uFEFFa", "", 2, "a byte order mark is a control, too"},
    {"Zalgo\u0335\u0301\u0317!", "", 6, "marks, however many"},
    {":blobcat:", "", 9, "custom emoji count as they are written"},
    {"**bold** _x_", "", 12, "Mastodon reads no Markdown"},
    {"<b>x</b> &amp;", "", 14, "and no HTML"},
    {"#hashtag", "", 8, "hashtags count in full"},
    {"\xFF\xFE", "", 2, "bytes that are no UTF-8, one each"},
    {"a\xC3", "", 2, "and a character that breaks off"},
};

constexpr Counted warnings[] = {
    {"abc", "cw", 5, "both count, with nothing between"},
    {"  abc\n", " cw ", 5, "both are stripped"},
    {"\t\v\f\r abc", "", 3, "of Ruby's white space"},
    {"\u00A0abc\u3000", "", 5, "which is ASCII alone"},
    {"\u0301bc", "cw", 4, "the mark joins the warning's last letter"},
    {"🇪x", "🇩", 2, "and so does the second half of a flag"},
    {"abc", "https://example.org/long/path", 32, "the warning is not rewritten: 3 + 29"},
    {"abc", "@user@example.org", 20, "nor its mentions: 3 + 17"},
    {"http://a.co", "see: ", 27, "4 of the warning + 23"},
    {"http://a.co", "x", 24, "the warning before a link does not spoil it: the texts are joined later"},
    {"@a@b.org", "x", 3, "nor a mention"},
    {"", "just the warning", 16, "a warning without a text becomes the text"},
    {" \n", "https://example.org/long/path", 23, "so that its links are links"},
    {"", "@user@example.org", 5, "and its mentions mentions"},
    {"\u3000", "ab", 2, "a text of blanks is none"},
};

constexpr Counted schemes[] = {
    {"http://a.co", "", 23, "23 even for a shorter one"},
    {"https://example.org/a/very/long/path/that/is/longer/than/23", "", 23, "23 for a longer one"},
    {"HTTPS://EXAMPLE.ORG/", "", 23, "in whatever case"},
    {"hTTp://ExAmPlE.oRg/Path", "", 23, "or both"},
    {"dat://example.org/", "", 23, "dat"},
    {"dweb://example.org/", "", 23, "dweb"},
    {"ipfs://example.org/", "", 23, "ipfs"},
    {"ipns://example.org/", "", 23, "ipns"},
    {"ssb://example.org/", "", 23, "ssb"},
    {"gopher://example.org/", "", 23, "gopher"},
    {"gemini://example.org/", "", 23, "gemini"},
    {"ftp://example.org/", "", 18, "ftp is none of them"},
    {"ws://example.org/", "", 17, "nor is ws"},
    {"mailto:a@example.org", "", 20, "nor mailto"},
    {"xmpp:a@example.org", "", 18, "linked, not discounted"},
    {"magnet:?xt=urn:btih:1", "", 21, "linked, not discounted"},
    {"example.org", "", 11, "no scheme: no discount"},
    {"www.example.org/a/very/long/path/without/a/scheme", "", 49, "however long"},
    {"http:/example.org/", "", 18, "one slash is too few"},
    {"http:///example.org/", "", 20, "three are too many"},
    {"http://", "", 7, "no host"},
    {"://example.org", "", 14, "no scheme before it"},
};

constexpr Counted hosts[] = {
    {"http://localhost/x", "", 18, "a name without a dot"},
    {"http://127.0.0.1/x", "", 18, "an IP address"},
    {"http://[::1]/x", "", 14, "an IPv6 address"},
    {"http://host.internal/x", "", 22, "no top-level domain"},
    {"http://host.local/x", "", 19, "no top-level domain"},
    {"http://foo.example/x", "", 20, "no top-level domain"},
    {"http://foo.test/x", "", 17, "no top-level domain"},
    {"http://example.notatld/with/a/long/path", "", 39, "no top-level domain: all of it counts"},
    {"http://toys.kids/x", "", 18, "younger than Mastodon's list"},
    {"http://abc.onion/x", "", 23, "on the list, though no domain"},
    {"http://example.museum/x", "", 23, "generic"},
    {"http://example.photography/x", "", 23, "generic, long"},
    {"http://example.um/x", "", 23, "what once was a top-level domain stays on the list"},
    {"http://example.co.uk/x", "", 23, "of a country"},
    {"http://com/x", "", 12, "a top-level domain alone"},
    {"http://example.org.", "", 24, "23 + the dot behind"},
    {"http://example.org.local/x", "", 31, "as far as there is one: 23 + \".local/x\""},
    {"http://example.org.de/x", "", 23, "the last label that is one"},
    {"http://пример.рф/x", "", 23, "in other letters"},
    {"http://пример.РФ/x", "", 23, "in whatever case"},
    {"http://xn--e1afmkfd.xn--p1ai/x", "", 23, "in punycode"},
    {"http://example.xn--whatever/x", "", 23, "any punycode will do"},
    {"http://例え.みんな/x", "", 23, "in kana"},
    {"http://例え.みんなです", "", 25, "23 + what runs on behind the domain"},
    {"http://उदाहरण.भारत", "", 23, "with marks in it"},
    {"http://例.嘉里大酒店", "", 23, "the longer of two that begin alike"},
    {"http://beratung.vermögensberatung/", "", 23, "ASCII in part"},
    {"http://bücher.example.org/", "", 23, "only the last label need be one"},
    {"http://a_b.example.org/x", "", 23, "an underscore in a subdomain"},
    {"http://a.b_c.org/x", "", 18, "but not in the domain's own name"},
    {"http://-a.org/x", "", 15, "a label does not begin with a hyphen"},
    {"http://a-.org/x", "", 15, "nor end with one"},
    {"http://a--b.org/x", "", 23, "two within are fine"},
    {"http://example.org_x", "", 25, "23 + \"_x\""},
    {"http://example.org@x", "", 20, "no @ behind a top-level domain"},
    {"http://example.org-x", "", 20, "no hyphen"},
    {"http://example.orgx", "", 19, "no letter"},
    {"http://example.orgを見て", "", 26, "23 + 3: other scripts run on"},
    {"http://example.org:8080/x", "", 23, "a port"},
    {"http://example.org:8080", "", 23, "a port and no path"},
    {"http://example.org:/x", "", 26, "23 + \":/x\""},
    {"http://user@example.org/x", "", 25, "no user before a host"},
    {"http://user:pw@example.org/x", "", 28, "nor a password"},
    {"http://💩.la", "", 23, "an emoji is a letter to a domain"},
    {"http://http://a.co", "", 30, "7 + 23"},
};

constexpr Counted before_links[] = {
    {"xhttp://example.org", "", 19, "no letter before it"},
    {"1http://example.org", "", 19, "no digit"},
    {"@http://example.org", "", 19, "no @"},
    {"#http://example.org", "", 19, "no #"},
    {"$http://example.org", "", 19, "no $"},
    {"＠http://example.org", "", 19, "no wide @"},
    {"＃http://example.org", "", 19, "no wide #"},
    {"\uFEFFhttp://example.org", "", 19, "no byte order mark: 1 + 18"},
    {"(http://example.org", "", 24, "1 + 23"},
    {"_http://example.org", "", 24, "1 + 23"},
    {"-http://example.org", "", 24, "1 + 23"},
    {"éhttp://example.org", "", 24, "1 + 23: only ASCII letters bar it"},
    {"見てhttp://example.org", "", 25, "2 + 23"},
    {"、http://example.org", "", 24, "1 + 23"},
    {"a http://example.org", "", 25, "2 + 23"},
    {"a\nhttp://example.org", "", 25, "2 + 23"},
    {"\u202Ahttp://example.org", "", 24, "1 + 23: a mark of direction"},
    {"example.com/http://example.org/a", "", 32, "an address without a scheme has it in its path"},
    {"web.archive.org/web/2020/https://example.org/", "", 45, "and counts in full"},
    {"example.com?u=http://example.org", "", 32, "in its query"},
    {"a_b.com/http://example.org", "", 26, "\"b.com\" is such an address"},
    {"a.b/http://example.org", "", 27, "\"a.b\" is none: 4 + 23"},
    {"ftp://example.com/http://example.org", "", 36, "to Mastodon one without a scheme"},
    {"example.com http://example.org", "", 35, "12 + 23"},
};

constexpr Counted paths[] = {
    {"https://example.org/a.", "", 24, "23 + a full stop"},
    {"https://example.org/a,", "", 24, "23 + a comma"},
    {"https://example.org/a:", "", 24, "23 + a colon"},
    {"https://example.org/a;", "", 24, "23 + a semicolon"},
    {"https://example.org/a!?", "", 25, "23 + two"},
    {"https://example.org/a...", "", 26, "23 + three"},
    {"https://example.org/a'", "", 24, "23 + a quote"},
    {"https://example.org/a\"", "", 24, "23 + a quote"},
    {"https://example.org/a*", "", 24, "23 + an asterisk"},
    {"https://example.org/a=", "", 24, "23 + an equals sign"},
    {"https://example.org/a%", "", 24, "23 + a percent sign"},
    {"https://example.org/a&", "", 24, "23 + an ampersand"},
    {"https://example.org/a~", "", 24, "23 + a tilde"},
    {"https://example.org/a|", "", 24, "23 + a bar"},
    {"https://example.org/a@", "", 24, "23 + an @"},
    {"https://example.org/a$", "", 24, "23 + a dollar sign"},
    {"https://example.org/[a]", "", 24, "23 + a bracket"},
    {"https://example.org/a」", "", 24, "23 + a CJK quote"},
    {"https://example.org/a。", "", 23, "a CJK full stop is a path character"},
    {"https://example.org/a–", "", 23, "so is a dash"},
    {"https://example.org/", "", 23, "a slash ends it"},
    {"https://example.org/.", "", 24, "23 + a full stop"},
    {"https://example.org/a/", "", 23, "a slash"},
    {"https://example.org/a-", "", 23, "a hyphen"},
    {"https://example.org/a_b_", "", 23, "an underscore"},
    {"https://example.org/a+", "", 23, "a plus sign"},
    {"https://example.org/a.b,c;d:e!f", "", 23, "punctuation within"},
    {"https://example.org/ä/日本", "", 23, "letters of all scripts"},
    {"https://example.org/👍", "", 23, "emoji"},
    {"https://example.org/%E6%97%A5", "", 23, "what is percent-encoded"},
    {"https://example.org/#a", "", 23, "a fragment"},
    {"https://example.org/a#b.", "", 24, "and what does not end it"},
    {"https://example.org#a", "", 25, "a fragment needs a slash: 23 + 2"},
    {"<https://example.org/a>", "", 25, "brackets are no part of it"},
    {"https://example.org/a b", "", 25, "a blank ends it"},
    {"https://example.org/a\u3000b", "", 25, "a wide blank, too"},
    {"https://example.org/a\u00A0b", "", 25, "a no-break space, too"},
    {"https://en.wikipedia.org/wiki/Primer_(film)", "", 23, "balanced parentheses"},
    {"https://example.org/a_(b_(c)_d)", "", 23, "one level may be nested"},
    {"https://example.org/a_(b_(c_(d)))", "", 34, "but not two: 23 + the 11 from there on"},
    {"https://example.org/a(b", "", 25, "they must be balanced"},
    {"(https://example.org/a)", "", 25, "1 + 23 + 1"},
    {"https://example.org/a()", "", 25, "and not empty"},
    {"https://example.org/a_(b).", "", 24, "23 + 1"},
    {"https://example.org/(b)c", "", 23, "what follows belongs to it"},
    {"https://ja.wikipedia.org/wiki/東京_(曖昧)", "", 27, "the last ones: twitter-text's characters alone"},
    {"https://ja.wikipedia.org/wiki/東京_(曖昧)x", "", 23, "others may have any"},
    {"http://a.co http://b.co", "", 47, "23 + 1 + 23"},
    {"http://a.co,http://b.co", "", 47, "23 + 1 + 23"},
    {"http://a.co\nhttp://b.co\nhttp://c.co", "", 71, "3 x 23 + 2"},
    {"http://a.co\u0301", "", 23, "a mark behind joins the last x"},
};

constexpr Counted queries[] = {
    {"https://example.org?a=b", "", 23, "without a path"},
    {"https://example.org/a?b=c&d=", "", 23, "ends with ="},
    {"https://example.org/a?b=c&", "", 23, "ends with &"},
    {"https://example.org/a?b=c-", "", 23, "ends with -"},
    {"https://example.org/a?b=c_", "", 23, "ends with _"},
    {"https://example.org/a?b=c/", "", 23, "ends with a slash"},
    {"https://example.org/a?b#", "", 23, "ends with #"},
    {"https://example.org/a?b=c.", "", 24, "not with a full stop"},
    {"https://example.org/a?b=c!", "", 24, "nor an exclamation mark"},
    {"https://example.org/a?b=(c)", "", 24, "nor a parenthesis"},
    {"https://example.org/a?b=c+", "", 24, "nor a plus sign"},
    {"https://example.org/a?b=ü", "", 23, "a letter of any script"},
    {"https://example.org/a?b=日本", "", 23, "a letter of any script"},
    {"https://example.org/a?b=\"c\"", "", 26, "a quote breaks it off: 23 + 3"},
    {"https://example.org/a?", "", 24, "23 + a question mark"},
    {"https://example.org/a.?b=c", "", 28, "a query follows a path's end only: 23 + \".?b=c\""},
    {"https://example.org/?u=https://example.com/", "", 23, "an address within"},
    {"https://example.org/?a?b", "", 23, "a second question mark"},
};

constexpr Counted shortened[] = {
    {"https://t.co/abc", "", 23, "Twitter's shortener"},
    {"https://t.co/abc/def", "", 27, "ends behind its slug: 23 + \"/def\""},
    {"https://t.co/abc?d=e", "", 27, "23 + \"?d=e\""},
    {"HTTPS://T.CO/ABC/def", "", 27, "in whatever case"},
    {"ipfs://t.co/abc/def", "", 23, "on the web only"},
    {"https://t.co/", "", 23, "without a slug it is any link"},
    {"https://at.co/abc/def", "", 23, "of that name only"},
};

constexpr Counted mentions[] = {
    {"@user", "", 5, "a local one, as it is"},
    {"@user@example.org", "", 5, "a remote one by its local part"},
    {"@a@b", "", 2, "nobody looks whether there is such a domain"},
    {"@User_1@Example.ORG", "", 7, "in whatever case"},
    {"@user@example.org!", "", 6, "5 + 1"},
    {"@user@example.org.", "", 6, "a domain does not end with a full stop"},
    {"@user@example.org-", "", 6, "nor with a hyphen"},
    {"@user@example.org, hello", "", 12, "5 + 7"},
    {"(@user@example.org)", "", 7, "1 + 5 + 1"},
    {"@a.b-c@example.org", "", 6, "dots and hyphens within"},
    {"@a..b@example.org", "", 5, "runs of them, too"},
    {"@a.@example.org", "", 15, "not at its end: a local @a, and a local @example.org"},
    {"@.a@example.org", "", 15, "not at its begin"},
    {"x@user@example.org", "", 18, "no letter before it"},
    {"1@user@example.org", "", 18, "no digit"},
    {"é@user@example.org", "", 18, "no letter of any script"},
    {"_@user@example.org", "", 18, "no underscore"},
    {"/@user@example.org", "", 18, "no slash"},
    {"=@user@example.org", "", 18, "no equals sign"},
    {".@user@example.org", "", 6, "a full stop is fine"},
    {"#@user@example.org", "", 6, "and a hash sign"},
    {"@user@example.org@x", "", 19, "no @ behind it"},
    {"@user@example.org＠x", "", 19, "no wide @"},
    {"@user@example.org://", "", 20, "no \"://\""},
    {"@user@example.orgé", "", 5, "a letter behind belongs to the domain"},
    {"@user@bücher.example", "", 5, "letters of any script"},
    {"@user@例え.jp", "", 5, "letters of any script"},
    {"@useré", "", 6, "an accent behind the name spoils it; it counts in full"},
    {"@ü@example.org", "", 14, "but the name is ASCII"},
    {"@user@", "", 6, "no domain, and an @ behind it"},
    {"@user@@example.org", "", 18, "no domain between"},
    {"@a@b.org @c@d.org", "", 5, "2 + 1 + 2"},
    {"@a@b.org,@c@d.org", "", 5, "2 + 1 + 2"},
    {"someone@example.org", "", 19, "an e-mail address"},
    {"https://example.org/@user@example.com/1", "", 23, "one in a link costs nothing more"},
    {"https://example.org/a @u@h", "", 26, "23 + 1 + 2"},
    {"@u@example.org/https://example.com/a", "", 26, "behind a mention: 2 + 1 + 23"},
};

std::size_t mastodon(std::string_view status, std::string_view spoiler = "") {
    return status_length(status, spoiler, LengthRules{});
}

std::string repeat(std::string_view text, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i)
        out += text;
    return out;
}

template <std::size_t Rows>
std::size_t check_rows(const Counted (&rows)[Rows], std::set<std::string>& texts) {
    for (const Counted& row : rows) {
        BOOST_TEST(mastodon(row.text, row.warning) == row.expected,
                   row.text << " | " << row.warning << " counts " << mastodon(row.text, row.warning)
                            << ", not " << row.expected << ": " << row.why);
        texts.insert(std::string{row.text} + '\n' + std::string{row.warning});
    }
    return Rows;
}

} // namespace

BOOST_AUTO_TEST_SUITE(length_of_statuses)

BOOST_AUTO_TEST_CASE(each_text_counts_what_mastodon_counts) {
    std::set<std::string> texts;
    std::size_t rows = 0;
    rows += check_rows(plain_text, texts);
    rows += check_rows(warnings, texts);
    rows += check_rows(schemes, texts);
    rows += check_rows(hosts, texts);
    rows += check_rows(before_links, texts);
    rows += check_rows(paths, texts);
    rows += check_rows(queries, texts);
    rows += check_rows(shortened, texts);
    rows += check_rows(mentions, texts);
    BOOST_TEST(texts.size() == rows, "no row stands twice");
    BOOST_TEST(rows >= 120U);
    BOOST_TEST_MESSAGE(rows << " texts");
}

BOOST_AUTO_TEST_CASE(links_of_more_than_4096_characters_count_in_full) {
    const std::string head = "https://example.org/";
    BOOST_TEST(mastodon(head + std::string(4096 - head.size(), 'a')) == 23U);
    BOOST_TEST(mastodon(head + std::string(4097 - head.size(), 'a')) == 4097U);
    // "bücher" is "xn--bcher-kva" in punycode: seven characters more.
    const std::string wide = "https://bücher.example.org/";
    const std::size_t characters = graphemes(wide);
    BOOST_TEST(mastodon(wide + std::string(4096 - 7 - characters, 'a')) == 23U);
    BOOST_TEST(mastodon(wide + std::string(4096 - 6 - characters, 'a')) == 4090U);
    BOOST_TEST(mastodon("https://t.co/" + std::string(40, 'a')) == 23U);
    BOOST_TEST(mastodon("https://t.co/" + std::string(41, 'a')) == 54U);
    BOOST_TEST(mastodon("https://" + std::string(63, 'a') + ".org/") == 23U);
    BOOST_TEST(mastodon("https://" + std::string(64, 'a') + ".org/") == 77U);
}

BOOST_AUTO_TEST_CASE(mentions_of_domains_over_253_characters_count_in_full) {
    BOOST_TEST(mastodon("@a@" + std::string(253, 'b')) == 2U);
    BOOST_TEST(mastodon("@a@" + std::string(254, 'b')) == 257U);
}

BOOST_AUTO_TEST_CASE(other_servers_count_otherwise) {
    // clusters, links and mentions in full: Pleroma and Akkoma
    const LengthRules clusters{.per_url = 0, .local_mentions = false};
    // code points, all in full: GoToSocial
    const LengthRules points{.per_url = 0, .unit = LengthUnit::code_point, .local_mentions = false};
    // and without the warning: Pixelfed, Takahē
    const LengthRules text_alone{
        .per_url = 0, .unit = LengthUnit::code_point, .local_mentions = false, .counts_warning = false};
    // UTF-16 units: Misskey's family
    const LengthRules units{
        .per_url = 0, .unit = LengthUnit::utf16, .local_mentions = false, .counts_warning = false};
    const struct {
        std::string_view text;
        std::string_view warning;
        std::size_t clusters;
        std::size_t points;
        std::size_t text_alone;
        std::size_t units;
    } rows[] = {
        {"abc", "", 3, 3, 3, 3},
        {"abc", "cw", 5, 5, 3, 3},
        {"http://example.org/ x", "", 21, 21, 21, 21},
        {"@user@example.org", "", 17, 17, 17, 17},
        {"e\u0301", "", 1, 2, 2, 2},
        {"👍", "", 1, 1, 1, 2},
        {"👍🏽", "", 1, 2, 2, 4},
        {"👩‍👩‍👧‍👦", "", 1, 7, 7, 11},
        {"🇩🇪", "", 1, 2, 2, 4},
        {"❤️", "", 1, 2, 2, 2},
        {"a\r\nb", "", 3, 4, 4, 4},
        {"日本語", "", 3, 3, 3, 3},
        {"\xFF\xFE", "", 2, 2, 2, 2},
        {"\u0301bc", "cw", 4, 5, 3, 3},
        {"", "cw", 2, 2, 0, 0},
    };
    for (const auto& row : rows) {
        BOOST_TEST(status_length(row.text, row.warning, clusters) == row.clusters, row.text);
        BOOST_TEST(status_length(row.text, row.warning, points) == row.points, row.text);
        BOOST_TEST(status_length(row.text, row.warning, text_alone) == row.text_alone, row.text);
        BOOST_TEST(status_length(row.text, row.warning, units) == row.units, row.text);
    }
    const LengthRules other_number{.per_url = 32};
    BOOST_TEST(status_length("http://a.co x", "", other_number) == 34U);
}

BOOST_AUTO_TEST_CASE(what_is_cut_to_so_many_units_keeps_its_characters_whole) {
    const struct {
        std::string_view text;
        std::size_t most;
        LengthUnit unit;
        std::string_view expected;
    } rows[] = {
        {"abc", 3, LengthUnit::code_point, "abc"},
        {"abc", 2, LengthUnit::code_point, "ab"},
        {"abc", 0, LengthUnit::code_point, ""},
        {"e\u0301e\u0301", 3, LengthUnit::code_point, "e\u0301"},
        {"e\u0301e\u0301", 1, LengthUnit::grapheme, "e\u0301"},
        {"👍👍", 3, LengthUnit::utf16, "👍"},
        {"👩‍👩‍👧‍👦x", 6, LengthUnit::code_point, ""},
        {"👩‍👩‍👧‍👦x", 7, LengthUnit::code_point, "👩‍👩‍👧‍👦"},
    };
    for (const auto& row : rows)
        BOOST_TEST(first_units(row.text, row.most, row.unit) == row.expected);
}

BOOST_AUTO_TEST_CASE(a_long_text_of_anything_is_counted_in_linear_time) {
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
                             "a-a-",
                             "a.co/",
                             "a-a.co/http://",
                             "a:1/",
                             "11",
                             "👩‍",
                             "é",
                             "\xFF",
                             " ",
                             "@a@a.",
                             "http://é.",
                             "http://a.みんな",
                             "http://a.co/((a)",
                             "t.co/"};
    const auto begin = std::chrono::steady_clock::now();
    for (const char* part : hostile) {
        const std::string text = repeat(part, 250'000 / std::string_view{part}.size());
        BOOST_TEST(mastodon(text + "x") > 0U);
        BOOST_TEST(mastodon("http://a.co/" + text) > 0U);
        BOOST_TEST(mastodon("http://" + text) > 0U);
        BOOST_TEST(mastodon(text + "/http://a.co/") > 0U);
    }
    const auto spent = std::chrono::steady_clock::now() - begin;
    // Generous, for sanitizers and busy machines; quadratic time would take many minutes.
    BOOST_TEST((spent < std::chrono::seconds{60}));
}

BOOST_AUTO_TEST_SUITE_END()
