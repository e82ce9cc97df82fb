#include "harness.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::config::testing;

namespace {

struct Trap {
    std::string yaml;
    std::string said;
};

void check(const std::vector<Trap>& traps) {
    for (const Trap& trap : traps)
        BOOST_TEST_CONTEXT(trap.yaml) {
            BOOST_TEST(said(trap.yaml) == trap.said);
        }
}

} // namespace

BOOST_AUTO_TEST_SUITE(config_yaml_traps)

BOOST_AUTO_TEST_CASE(templates_without_quotes) {
    check(
        {{with_post("{status: {{ now }}}"),
          "crier.yaml:4:62: schedule[0].post.status: `{{` without quotes is a YAML mapping, not a template\n"
          "    hint: put the whole text in quotes: \"{{ ... }}\"\n"},
         {with_entry("name: e", "  post:\n    status: {{ now }} o'clock\n"),
          "crier.yaml:6:13: schedule[0].post.status: `{{` without quotes is a YAML mapping, not a template\n"
          "    hint: put the whole text in quotes: \"{{ ... }}\"\n"},
         {with_entry("name: e", "  account: art\n  every: 1h\n  post:\n    status: {{ now | date('%A') }}\n"),
          "crier.yaml:8:13: schedule[0].post.status: `{{` without quotes is a YAML mapping, not a template\n"
          "    hint: put the whole text in quotes: \"{{ ... }}\"\n"}});
}

BOOST_AUTO_TEST_CASE(a_hash_begins_a_comment) {
    check({{with_entry("name: e", "  account: news\n  cron: '0 9 * * *'\n  post:\n    status: #caturday\n"),
            "crier.yaml:8:5: schedule.e.post.status: expected a text, found nothing\n"
            "    hint: an unquoted # begins a comment: put the text in quotes\n"}});
}

BOOST_AUTO_TEST_CASE(expressions_in_double_quotes) {
    const std::string source =
        "sources:\n  s: {plugin: queue, account: news, post: {status: x}, filter: {include: ";
    check({{with_accounts(source + "{title: \"/\\d+/\"}}, url: q.csv}\n"),
            "crier.yaml:4:86: sources.s.filter.include.title: \\d in double quotes is no YAML escape\n"
            "    hint: write expressions and backslashes in single quotes: '/\\d+/'\n"},
           {with_accounts(source + "{title: \"/\\bcat/\"}}, url: q.csv}\n"),
            "crier.yaml:4:82: sources.s.filter.include.title: a backslash in double quotes is YAML's own, "
            "and is "
            "gone\n    hint: write expressions in single quotes: '/\\bword\\b/i'\n"}});
}

BOOST_AUTO_TEST_CASE(truth_words) {
    check({{with_post("{status: x, sensitive: yes}"),
            "crier.yaml:4:76: schedule.e.post.sensitive: expected true or false, found 'yes'\n"
            "    hint: YAML 1.2 knows true and false only\n"},
           {with_post("{status: x, sensitive: \"true\"}"),
            "crier.yaml:4:76: schedule.e.post.sensitive: expected true or false, found 'true'\n"
            "    hint: write it without quotes\n"},
           {with_post("{status: x, language: no}"),
            "crier.yaml:4:75: warning: schedule.e.post.language: taken for Norwegian\n"
            "    hint: an unquoted no is a truth value to other YAML readers: write \"no\"\n"},
           {with_post("{status: x, language: \"no\"}"), ""},
           {with_entry("{name: e, account: news, on: monday, cron: '0 9 * * *', post: {status: x}}"),
            "crier.yaml:4:28: schedule.e.on: unknown key\n    hint: an unquoted on is a truth value to other "
            "YAML "
            "readers; keys here: name, account, accounts, cron, every, offset, anchor, at, rrule, "
            "spread, timezone, start, until, count, except, only_if, missed, expires_after, jitter, quiet, "
            "blackout, when_quiet, approval, approve_within, post, fuse, draw, run, was and edition\n"},
           {"version: 1\naccounts: {no: {server: https://m.example, defaults: {visibility: public}}}\n",
            "crier.yaml:2:12: warning: accounts.no: taken for a name\n"
            "    hint: an unquoted no is a truth value to other YAML readers: write \"no\"\n"}});
}

BOOST_AUTO_TEST_CASE(times_of_day_are_quoted) {
    check({{with_account("{server: https://m.example, limits: {quiet: {from: 23:00, to: \"07:00\"}}}"),
            "crier.yaml:3:60: accounts.news.limits.quiet.from: expected a time of day in quotes such as "
            "\"23:00\", "
            "found '23:00'\n    hint: without quotes, 23:00 is a number to base 60 in YAML 1.1\n"},
           {with_account("{server: https://m.example, limits: {quiet: {from: \"24:00\", to: \"7:00\"}}}"),
            "crier.yaml:3:60: accounts.news.limits.quiet.from: expected a time of day in quotes such as "
            "\"23:00\", "
            "found '24:00'\n    hint: for example from: \"23:00\"\n"
            "crier.yaml:3:73: accounts.news.limits.quiet.to: expected a time of day in quotes such as "
            "\"23:00\", "
            "found '7:00'\n    hint: for example to: \"07:00\"\n"}});
}

BOOST_AUTO_TEST_CASE(values_that_must_be_quoted) {
    check({{"version: 1\nstore: a: b\n", "crier.yaml:2:9: a value without quotes cannot hold a colon and a "
                                         "blank\n    hint: put the whole value in quotes\n"},
           {"version: 1\nstore: @me\n", "crier.yaml:2:8: store: a value without quotes cannot begin with @\n"
                                        "    hint: put it in quotes: \"@...\"\n"},
           {"version: 1\nstore: *me\n", "crier.yaml:2:8: store: a value without quotes that begins with * is "
                                        "an alias, and nothing has that "
                                        "name\n    hint: if it is text, put it in quotes\n"},
           {"version: 1\nstore: 'it's'\n",
            "crier.yaml:2:12: the text in quotes ends before its line does\n"
            "    hint: inside single quotes a quote is written twice: 'it''s'\n"}});
}

BOOST_AUTO_TEST_CASE(indentation_and_brackets) {
    check(
        {{"version: 1\naccounts:\n\tnews: 1\n", "crier.yaml:3:6: a tab indents this line\n"
                                                "    hint: YAML is indented with blanks only\n"},
         {"version: 1\n store: x\n", "crier.yaml:2:7: this line is indented deeper than the one "
                                     "above, which has a value already\n"
                                     "    hint: keys of one mapping begin in the same column\n"},
         {"version: 1\nstore: {a: b\n",
          "crier.yaml:2:8: store: this { is never closed\n    hint: close it with }\n"},
         {"version: 1\ninclude: [a, b\n",
          "crier.yaml:2:10: include: this [ is never closed\n    hint: close it with ]\n"},
         {"version: 1\nstore: \"x\n", "crier.yaml:2:8: this quote is never closed\n"},
         {"version:1\nstore: x\n",
          "crier.yaml:2:6: the line above is no key and value\n    hint: a blank belongs behind its colon\n"},
         {"- a\nversion: 1\n", "crier.yaml:2:1: this belongs to nothing above it\n    hint: check its "
                               "indentation: a list's items and "
                               "a mapping's keys each begin in one column\n"},
         {"version: 1\nschedule: - a\n",
          "crier.yaml:2:11: schedule: a list item cannot stand on the line of its "
          "key\n    hint: begin the list on a line of its own\n"}});
}

BOOST_AUTO_TEST_CASE(a_tag_behind_an_unquoted_text_is_not_lost_in_silence) {
    const std::string before = "  account: news\n  cron: '0 9 * * *'\n  post:\n    status: ";
    check({{with_entry("name: e", before + "Good morning, cats! #caturday #cats\n"),
            "crier.yaml:8:13: warning: schedule.e.post.status: the text ends before the # behind it, which "
            "begins a comment\n"
            "    hint: put the whole text in quotes: \"Good morning, cats! #...\"\n"},
           {with_entry("name: e", before + "Good morning # a comment\n"), ""},
           {with_entry("name: e", before + "\"Good morning\" #comment\n"), ""},
           {with_entry("name: e", before + "C# and F#sharp\n"), ""}});
}

BOOST_AUTO_TEST_SUITE_END()
