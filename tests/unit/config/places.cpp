#include "config/words.hpp"
#include "harness.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::config;
using namespace crier::config::testing;

BOOST_AUTO_TEST_SUITE(config_places)

BOOST_AUTO_TEST_CASE(a_problem_is_printed_with_place_key_and_hint) {
    Problem problem;
    problem.file = "crier.yaml";
    problem.line = 12;
    problem.column = 7;
    problem.key = "accounts.news.token";
    problem.message = "message";
    BOOST_TEST(format(problem) == "crier.yaml:12:7: accounts.news.token: message");
    problem.hint = "this way";
    problem.warning = true;
    BOOST_TEST(format(problem) ==
               "crier.yaml:12:7: warning: accounts.news.token: message\n    hint: this way");
    problem.line = 0;
    problem.key.clear();
    problem.warning = false;
    BOOST_TEST(format(problem) == "crier.yaml: message\n    hint: this way");
}

BOOST_AUTO_TEST_CASE(what_an_alias_repeats_is_said_once) {
    BOOST_TEST(said(with_accounts(
                   "schedule:\n"
                   "- {name: a, account: news, cron: '0 9 * * *', post: &p {status: x, sensitive: 3}}\n"
                   "- {name: b, account: news, cron: '0 9 * * *', post: *p}\n")) ==
               "crier.yaml:4:79: schedule.a.post.sensitive: expected true or false, found '3'\n"
               "    hint: for example sensitive: false\n");
}

BOOST_AUTO_TEST_CASE(merged_mappings_are_read_like_others) {
    const auto settings =
        settings_of(with_accounts("schedule:\n"
                                  "- &base {name: a, account: news, cron: '0 9 * * *', post: {status: x}}\n"
                                  "- {<<: *base, name: b, post: {status: y}}\n"));
    BOOST_TEST(settings.schedule.at(1).name == "b");
    BOOST_TEST(settings.schedule[1].targets[0].account == "news");
    BOOST_TEST(settings.schedule[1].targets[0].post->status.source() == "y");
}

BOOST_AUTO_TEST_CASE(what_looks_like_a_token) {
    for (const char* secret :
         {"ZA-Yj3aBD8U8Cm7lKUp-lm9O9BmDgdhHzDeqsY8tlL0", "d41d8cd98f00b204e9800998ecf8427e",
          "NTMXODZLNWUTNTRJNC0ZYTQ1LTG3N2ETODK5NGY1NJU3"})
        BOOST_TEST(looks_like_secret(secret));
    for (const char* name : {"MASTODON_ACCESS_TOKEN", "MASTODON_ACCESS_TOKEN_FOR_ACCOUNT_2",
                             "weekly-newsletter-2026-announcements", "news_token", "/run/secrets/news.token",
                             "the_long_name_of_a_credential_that_somebody_gave_it"})
        BOOST_TEST(!looks_like_secret(name));
}

BOOST_AUTO_TEST_CASE(values_are_shown_short_and_without_secrets) {
    BOOST_TEST(quoted("a\nb") == "'a b'");
    BOOST_TEST(quoted("Bearer ZA-Yj3aBD8U8Cm7lKUp-lm9O9BmDgdhHzDeqsY8tlL0!") == "'Bearer [not shown]!'");
    BOOST_TEST(quoted(std::string(100, ' ') + "x").size() == 65U);
    std::string umlauts;
    for (int i = 0; i < 40; ++i)
        umlauts += "\xC3\xA4";
    BOOST_TEST(printable('x' + umlauts) == 'x' + umlauts.substr(0, 58) + "...");
}

BOOST_AUTO_TEST_SUITE_END()
