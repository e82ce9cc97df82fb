// What a post is beside its text: polls, quotes, warnings by rule and the like.

#include "harness.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::config::testing;
using namespace std::chrono_literals;

namespace {

/// The post of an entry on an account of https://m.example.
PostTemplate post_of(const std::string& yaml) {
    return *settings_of(with_post(yaml)).schedule.at(0).targets.at(0).post;
}

} // namespace

BOOST_AUTO_TEST_SUITE(config_forms)

BOOST_AUTO_TEST_CASE(a_poll_is_read_whole) {
    const PostTemplate post =
        post_of("{status: 'Tea?', poll: {options: [Tea, 'In {{ now | date(\"%Y\") }}'], "
                "expires_in: 12h, multiple: true, hide_totals: true}}");
    BOOST_REQUIRE(post.poll != nullptr);
    BOOST_REQUIRE_EQUAL(post.poll->options.size(), 2U);
    BOOST_TEST(post.poll->options[0].source() == "Tea");
    BOOST_TEST((post.poll->open == 12h));
    BOOST_TEST(post.poll->multiple);
    BOOST_TEST(post.poll->hide_totals);
    const PostTemplate plain = post_of("{status: x, poll: {options: [a, b]}}");
    BOOST_TEST((plain.poll->open == 24h));
    BOOST_TEST((!plain.poll->multiple && !plain.poll->hide_totals));
}

BOOST_AUTO_TEST_CASE(what_is_no_poll_is_told) {
    const std::pair<const char*, const char*> cases[] = {
        {"{}", "the poll has no options"},
        {"{options: [Tea]}", "one answer is no choice"},
        {"{options: [Tea, Tea]}", "the answer 'Tea' is there twice"},
        {"{options: [Tea, '']}", "an empty answer"},
        {"{options: [Tea, Coffee], expires_in: 0s}", "expected at least 1m"},
        {"{options: [Tea, '{{ nmae }}']}", "nmae"},
        {"{options: [Tea, Coffee], question: x}", "unknown key"}};
    for (const auto& [yaml, expected] : cases) {
        const std::string text = said(with_post(std::string{"{status: x, poll: "} + yaml + "}"));
        BOOST_TEST(text.find(expected) != std::string::npos, yaml << ": " << text);
    }
    BOOST_TEST(said(with_post("{poll: {options: [a, b]}, thread: [{status: a}, {status: b}]}"))
                   .find("thread excludes status, media and poll beside it") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(statuses_are_named_by_id_or_by_their_address_on_the_accounts_server) {
    const PostTemplate post =
        post_of("{status: x, in_reply_to: 'https://m.example/@news/114', quote: \"115\", quote_policy: "
                "followers, pin: true}");
    BOOST_TEST(post.in_reply_to == "114");
    BOOST_TEST(post.quote == "115");
    BOOST_TEST((post.quote_policy == QuotePolicy::followers));
    BOOST_TEST(post.pin);
    const std::string text = said(with_post("{status: x, quote: 'https://other.example/@news/114'}"));
    BOOST_TEST(
        text.find("schedule.e.post.quote: the status is on other.example, and the account on m.example") !=
            std::string::npos,
        text);
}

BOOST_AUTO_TEST_CASE(a_thread_answers_and_is_pinned_by_its_first_part) {
    const PostTemplate post =
        post_of("{in_reply_to: \"114\", pin: true, local_only: true, thread: [{status: a}, {status: b, poll: "
                "{options: [c, d]}}]}");
    BOOST_REQUIRE_EQUAL(post.replies.size(), 1U);
    BOOST_TEST((post.in_reply_to == "114" && post.pin && post.local_only && !post.poll));
    const PostTemplate& second = post.replies[0];
    BOOST_TEST((second.in_reply_to.empty() && !second.pin && second.local_only && second.poll));
}

BOOST_AUTO_TEST_CASE(posts_in_turn_each_have_all_of_it) {
    const PostTemplate post = post_of("{quote: \"114\", in_turn: [{status: a}, {status: b}]}");
    BOOST_REQUIRE_EQUAL(post.turns.size(), 1U);
    BOOST_TEST((post.quote == "114" && post.turns[0].quote == "114"));
}

BOOST_AUTO_TEST_CASE(mentions_are_a_word_or_names) {
    BOOST_TEST(post_of("{status: x}").defuse_mentions);
    BOOST_TEST(!post_of("{status: x, mentions: allow}").defuse_mentions);
    const PostTemplate post = post_of("{status: x, mentions: ['@Alice', bob@Mastodon.Example]}");
    BOOST_TEST(post.defuse_mentions);
    BOOST_TEST((*post.meant_mentions == std::vector<std::string>{"alice", "bob@mastodon.example"}));
    const std::pair<const char*, const char*> cases[] = {
        {"alow", "did you mean 'allow'?"},
        {"keep", "did you mean 'allow'?"},
        {"alice", "mentions: [alice, bob@mastodon.example]"},
        {"['two words']", "'two words' is no account's name"}};
    for (const auto& [yaml, expected] : cases)
        BOOST_TEST(said(with_post(std::string{"{status: x, mentions: "} + yaml + "}")).find(expected) !=
                       std::string::npos,
                   yaml);
}

BOOST_AUTO_TEST_CASE(warnings_by_rule_are_read_and_replaced_by_a_later_layer) {
    const PostTemplate post =
        post_of("{status: x, cw_rules: [{match: [election, '/vot(e|ing)/i'], spoiler_text: "
                "Politics}, {match: soup, spoiler_text: Food}]}");
    BOOST_REQUIRE(post.warnings != nullptr);
    BOOST_REQUIRE_EQUAL(post.warnings->size(), 2U);
    BOOST_TEST((*post.warnings)[0].warning == "Politics");
    BOOST_TEST((*post.warnings)[0].match.match("We are Voting today") != nullptr);
    BOOST_TEST((*post.warnings)[0].match.match("soup") == nullptr);
    const std::string wrong = said(with_post("{status: x, cw_rules: [{match: '/(/', spoiler_text: a}]}"));
    BOOST_TEST(wrong.find("schedule.e.post.cw_rules[0].match: '/(/': missing )") != std::string::npos, wrong);
    BOOST_TEST(said(with_post("{status: x, cw_rules: [{match: a, spoiler_text: 'P {{ now }}'}]}"))
                   .find("a rule's warning is no template") != std::string::npos);
    BOOST_TEST(said(with_post("{status: x, cw_rules: [{match: a}]}")).find("the rule has no spoiler_text") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(content_types_are_known_ones) {
    BOOST_TEST(post_of("{status: x, content_type: text/markdown}").content_type == "text/markdown");
    BOOST_TEST(post_of("{status: x, content_type: text/plain}").content_type.empty());
    BOOST_TEST(
        said(with_post("{status: x, content_type: text/markdwon}")).find("did you mean 'text/markdown'?") !=
        std::string::npos);
}

BOOST_AUTO_TEST_CASE(media_have_a_focus_a_thumbnail_and_may_be_stripped) {
    const PostTemplate post = post_of(
        "{status: x, metadata: strip, media: [{file: sun.png, alt: a, focus: [0.5, -1], thumbnail: "
        "sun.png}, {file: sun.png, alt: a, metadata: keep}, {url: 'https://cam.example/now.jpg', alt: b}]}");
    BOOST_REQUIRE_EQUAL(post.media.size(), 3U);
    BOOST_TEST((post.media[0].focus == Focus{0.5, -1}));
    BOOST_TEST(post.media[0].thumbnail == "/etc/crier/sun.png");
    BOOST_TEST(post.media[0].strip_metadata);
    BOOST_TEST(!post.media[1].strip_metadata);
    BOOST_TEST(post.media[2].url == "https://cam.example/now.jpg");
    BOOST_TEST(post.media[2].strip_metadata);
    const std::pair<const char*, const char*> cases[] = {
        {"{file: sun.png, alt: a, focus: [0.5]}", "expected two numbers from -1 to 1"},
        {"{file: sun.png, alt: a, focus: [0.5, 1.01]}", "expected two numbers from -1 to 1"},
        {"{file: sun.png, alt: a, focus: [0.5, nan]}", "expected two numbers from -1 to 1"},
        {"{file: sun.png, alt: a, focus: 0.5}", "such as [0.5, -0.25]"},
        {"{file: sun.png, url: 'https://a.example/', alt: a}", "file, url and from exclude each other"},
        {"{alt: a}", "neither file, url nor from says what to attach"},
        {"{url: 'ftp://a.example/', alt: a}", "schedule.e.post.media[0].url"},
        {"{file: 'https://a.example/x.png', alt: a}", "stands under `url`"}};
    for (const auto& [yaml, expected] : cases) {
        const std::string text = said(with_post(std::string{"{status: x, media: ["} + yaml + "]}"));
        BOOST_TEST(text.find(expected) != std::string::npos, yaml << ": " << text);
    }
}

BOOST_AUTO_TEST_CASE(accounts_of_different_servers_do_not_share_a_status_that_is_named) {
    const std::string text =
        said("version: 1\ndefaults: {visibility: public}\n"
             "accounts: {a: {server: https://a.example}, b: {server: https://b.example}}\n"
             "sources: {s: {plugin: queue, url: q.csv, accounts: [a, b], post: {status: x, in_reply_to: "
             "'https://a.example/@n/1'}}}\n");
    BOOST_TEST(text.find("the status is on a.example, and the account on b.example") != std::string::npos,
               text);
}

BOOST_AUTO_TEST_SUITE_END()
