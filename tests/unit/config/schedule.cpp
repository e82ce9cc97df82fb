#include "config/rules.hpp"
#include "harness.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::config::testing;

namespace {

std::string entry(const std::string& when) {
    return with_entry("{name: e, account: news, post: {status: x}, " + when + "}");
}

schedule::Rule rule_of(const std::string& when) {
    return settings_of(entry(when)).schedule.at(0).when.rules.at(0);
}

std::string at_of(const std::string& when) {
    std::string text;
    const schedule::Rule rule = rule_of(when);
    for (const Instant instant : std::get<schedule::At>(rule).instants)
        text += to_rfc3339(instant) + ' ';
    return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(config_schedule)

BOOST_AUTO_TEST_CASE(an_entry_is_read_whole) {
    const Settings loaded = settings_of(
        with_entry("{name: e-1, account: news, cron: '0 9 * * MON', timezone: Europe/Berlin, missed: "
                   "{policy: all, within: 2h}, expires_after: 3h, jitter: 5m, post: {status: x}}"));
    const EntrySettings& read = loaded.schedule.at(0);
    BOOST_TEST(read.name == "e-1");
    BOOST_TEST(read.timezone == "Europe/Berlin");
    BOOST_TEST(std::get<schedule::Cron>(read.when.rules.at(0)).text == "0 9 * * MON");
    BOOST_TEST((read.missed.policy == Missed::all));
    BOOST_TEST((read.missed.within == std::chrono::hours{2}));
    BOOST_TEST((read.expires_after == std::chrono::hours{3}));
    BOOST_TEST((read.jitter == std::chrono::minutes{5}));
    BOOST_TEST(read.targets.size() == 1U);
    BOOST_TEST(read.targets[0].account == "news");
    BOOST_TEST(read.targets[0].post->status.source() == "x");
    BOOST_TEST(read.place.line == 4);
    BOOST_TEST(read.place.column == 3);
}

BOOST_AUTO_TEST_CASE(an_entry_says_when) {
    BOOST_TEST(said(entry("jitter: 1s")) ==
               "crier.yaml:4:3: schedule.e: the entry does not say when\n"
               "    hint: for example cron: \"0 9 * * *\", every: 6h or at: 2026-12-01 09:00\n");
    BOOST_TEST(said(entry("offset: 1h, cron: '0 9 * * *'")) ==
               "crier.yaml:4:47: schedule.e.offset: offset goes with every\n");
}

BOOST_AUTO_TEST_CASE(a_wrong_value_for_when_is_said_once) {
    BOOST_TEST(said(entry("every: soon")) ==
               "crier.yaml:4:54: schedule.e.every: expected a duration such as 90s, found 'soon'\n");
    BOOST_TEST(said(entry("every: 500ms")) ==
               "crier.yaml:4:54: schedule.e.every: expected at least 1s, found '500ms'\n");
    BOOST_TEST(said(entry("cron: []")) ==
               "crier.yaml:4:53: schedule.e.cron: expected a text or a list of texts, found an empty list\n"
               "    hint: for example cron: \"0 9 * * MON\"\n");
    BOOST_TEST(said(entry("at: []")) == "crier.yaml:4:51: schedule.e.at: expected a moment such as "
                                        "2026-12-01 09:00, or a list of them, found "
                                        "an empty list\n    hint: for example at: 2026-12-01 09:00\n");
    BOOST_TEST(said(entry("cron: '0 25 * * *'")) ==
               "crier.yaml:4:53: schedule.e.cron: cron '0 25 * * *': hour '25': 25 is not within 0 to 23\n"
               "    hint: there may stand: 0 to 23, *, lists (9,17), ranges (9-17) and steps (*/2)\n");
}

BOOST_AUTO_TEST_CASE(a_cron_that_never_comes_is_refused) {
    for (const std::string cron :
         {"0 0 30 2 *", "0 0 31 4,6 *", "0 0 30-31 FEB */2", "0 0 30W 2 *", "0 0 L-29 2 *"})
        BOOST_TEST(said(entry("cron: '" + cron + "'")) ==
                   "crier.yaml:4:53: schedule.e.cron: this never comes: no month of cron '" + cron +
                       "' has such a day\n    hint: February has 28 or 29 days; April, June, September and "
                       "November have 30\n");
    // Either day is enough where both are said, and a rare day is a day.
    for (const std::string cron : {"0 0 30 2 MON", "0 0 31 4,5 *", "0 0 29 2 *", "0 0 29 2 */6",
                                   "0 0 29 2 */4", "0 0 * 2 MON#5", "0 0 29W 2 *"})
        BOOST_TEST(said(entry("cron: '" + cron + "'")) == "", cron);
}

BOOST_AUTO_TEST_CASE(every_has_a_stable_offset_of_the_name) {
    const auto every = std::get<schedule::Every>(rule_of("every: 6h"));
    BOOST_TEST((every.period == std::chrono::hours{6}));
    BOOST_TEST((every.offset == config::offset_of("e", std::chrono::hours{6})));
    BOOST_TEST((every.offset % std::chrono::minutes{1} == Duration::zero()));
    BOOST_TEST(
        (config::offset_of("e", std::chrono::hours{6}) != config::offset_of("f", std::chrono::hours{6})));
    BOOST_TEST(to_text(config::offset_of("monday-greeting", std::chrono::hours{6})) == "4h51m");
    BOOST_TEST(to_text(config::offset_of("monday-greeting", std::chrono::seconds{90})) == "21s");
    for (const std::string name : {"a", "b", "c", "d", "e", "f", "g"}) {
        BOOST_TEST((config::offset_of(name, std::chrono::seconds{20}) < std::chrono::seconds{20}));
        BOOST_TEST((config::offset_of(name, std::chrono::milliseconds{1500}) == Duration::zero()));
    }
}

BOOST_AUTO_TEST_CASE(every_takes_a_stated_offset) {
    BOOST_TEST((std::get<schedule::Every>(rule_of("every: 1h, offset: 0s")).offset == Duration::zero()));
    BOOST_TEST(
        (std::get<schedule::Every>(rule_of("every: 1h, offset: 59m")).offset == std::chrono::minutes{59}));
    BOOST_TEST(
        said(entry("every: 1h, offset: 1h")) ==
        "crier.yaml:4:66: schedule.e.offset: the offset is not less than every\n    hint: less than 1h\n");
}

BOOST_AUTO_TEST_CASE(at_takes_local_and_absolute_moments) {
    BOOST_TEST(at_of("at: 2026-12-01 09:00") == "2026-12-01T09:00:00Z ");
    BOOST_TEST(at_of("at: '2026-12-01T09:00:30', timezone: Europe/Berlin") == "2026-12-01T08:00:30Z ");
    BOOST_TEST(at_of("at: '2026-12-01T09:00+02:00', timezone: America/New_York") == "2026-12-01T07:00:00Z ");
    BOOST_TEST(at_of("at: [2027-01-01 00:00, '2026-12-31T23:00:00Z', 2027-01-01 00:00]") ==
               "2026-12-31T23:00:00Z 2027-01-01T00:00:00Z ");
}

BOOST_AUTO_TEST_CASE(at_refuses_what_is_no_moment) {
    for (const std::string text : {"tomorrow", "2026-02-30 09:00", "2026-12-01 24:00", "2026-12-01 9:00"})
        BOOST_TEST(said(entry("at: " + text)) ==
                   "crier.yaml:4:51: schedule.e.at: expected a moment such as 2026-12-01 09:00, found '" +
                       text + "'\n");
    BOOST_TEST(
        said(entry("at: [2026-12-01 09:00, 2026-12-01]")) ==
        "crier.yaml:4:70: schedule.e.at[1]: expected a moment such as 2026-12-01 09:00, found '2026-12-01'\n"
        "    hint: say the time as well: 2026-12-01 09:00\n");
}

BOOST_AUTO_TEST_CASE(a_local_time_that_does_not_exist_names_the_next_that_does) {
    BOOST_TEST(said(entry("at: 2027-03-28 02:30, timezone: Europe/Berlin")) ==
               "crier.yaml:4:51: schedule.e.at: there is no 2027-03-28 02:30 in Europe/Berlin: clocks go "
               "forward over "
               "it\n    hint: the next time that there is: 2027-03-28 03:00\n");
}

BOOST_AUTO_TEST_CASE(a_local_time_that_comes_twice_is_the_first_with_a_warning) {
    const auto loaded = World{entry("at: 2027-10-31 02:30, timezone: Europe/Berlin")}.load();
    BOOST_TEST(
        problems_of(loaded) ==
        "crier.yaml:4:51: warning: schedule.e.at: 2027-10-31 02:30 comes twice in Europe/Berlin: clocks go "
        "back over it; the first is taken\n    hint: say which one: 2027-10-31 02:30+02:00 or 2027-10-31 "
        "02:30+01:00\n");
    BOOST_REQUIRE(loaded.settings);
    BOOST_TEST(
        to_rfc3339(std::get<schedule::At>(loaded.settings->schedule[0].when.rules.at(0)).instants[0]) ==
        "2027-10-31T00:30:00Z");
    // What the hint says can be written.
    BOOST_TEST(at_of("at: 2027-10-31 02:30+01:00") == "2027-10-31T01:30:00Z ");
}

BOOST_AUTO_TEST_CASE(zones_are_found_by_name) {
    BOOST_TEST(
        settings_of(with_accounts("defaults: {timezone: Asia/Tokyo}\nschedule: [{name: e, account: news, at: "
                                  "2026-12-01 09:00, post: {status: x}}]\n"))
            .schedule[0]
            .timezone == "Asia/Tokyo");
    BOOST_TEST(said(entry("cron: '0 9 * * *', timezone: Europe/Berln")) ==
               "crier.yaml:4:76: schedule.e.timezone: there is no time zone 'Europe/Berln'\n"
               "    hint: did you mean 'Europe/Berlin'?\n");
}

BOOST_AUTO_TEST_CASE(names_are_needed_and_unique) {
    BOOST_TEST(
        said(with_entry("{account: news, cron: '0 9 * * *', post: {status: x}}")) ==
        "crier.yaml:4:3: schedule[0]: the entry has no name\n    hint: for example name: monday-greeting\n");
    BOOST_TEST(said(with_entry("{name: e, account: news, cron: '0 9 * * *', post: {status: x}}",
                               "- {name: e, account: news, cron: '0 9 * * *', post: {status: x}}\n")) ==
               "crier.yaml:5:10: schedule.e.name: there is another entry of this name\n"
               "    hint: it is at crier.yaml:4:10\n");
    BOOST_TEST(said(with_entry("{name: 'a:b', account: news, cron: '0 9 * * *', post: {status: x}}")) ==
               "crier.yaml:4:10: schedule.a:b.name: 'a:b' is no name\n"
               "    hint: up to 80 letters of ASCII, digits, '-', '_' and '.'\n");
    BOOST_TEST(said(with_accounts("schedule:\n-\n")) ==
               "crier.yaml:5:1: schedule[0]: an empty item of the list\n    hint: remove its '-'\n");
}

BOOST_AUTO_TEST_CASE(accounts_are_named_in_three_ways) {
    const auto names = [](const std::string& how) {
        std::string text;
        const Settings settings =
            settings_of(with_entry("{name: e, cron: '0 9 * * *', post: {status: x}, " + how + "}"));
        for (const PostTarget& target : settings.schedule[0].targets)
            text += target.account + "=" + target.post->status.source() + ' ';
        return text;
    };
    BOOST_TEST(names("account: art") == "art=x ");
    BOOST_TEST(names("accounts: [art, news]") == "art=x news=x ");
    BOOST_TEST(names("accounts: {news: {}, art: {post: {status: y}}}") == "news=x art=y ");
    BOOST_TEST(names("accounts: {news: , art: }") == "news=x art=x ");
}

BOOST_AUTO_TEST_CASE(wrong_accounts_are_refused) {
    const auto found = [](const std::string& how) {
        return said(with_entry("{name: e, cron: '0 9 * * *', post: {status: x}, " + how + "}"));
    };
    BOOST_TEST(found("account: nwes") == "crier.yaml:4:60: schedule.e.account: there is no account 'nwes'\n"
                                         "    hint: did you mean 'news'?\n");
    BOOST_TEST(found("accounts: [art, zzzz]") ==
               "crier.yaml:4:67: schedule.e.accounts[1]: there is no account 'zzzz'\n"
               "    hint: accounts here: art and news\n");
    BOOST_TEST(found("accounts: {atr: {}}") == "crier.yaml:4:62: schedule.e.accounts.atr: there is no "
                                               "account 'atr'\n    hint: did you mean 'art'?\n");
    BOOST_TEST(found("accounts: [art, art]") ==
               "crier.yaml:4:67: schedule.e.accounts[1]: the account 'art' is named twice\n");
    BOOST_TEST(found("account: art, accounts: [art]") ==
               "crier.yaml:4:65: schedule.e.accounts: account and accounts exclude each other\n"
               "    hint: name them all under accounts\n");
    BOOST_TEST(found("jitter: 1s") == "crier.yaml:4:3: schedule.e: nothing says which account posts it\n"
                                      "    hint: for example account: art\n");
    BOOST_TEST(found("accounts: {art: {filter: {}}}") ==
               "crier.yaml:4:68: schedule.e.accounts.art.filter: unknown key\n    hint: keys here: post\n");
    BOOST_TEST(found("accounts: []") == "crier.yaml:4:61: schedule.e.accounts: names no account\n");
}

BOOST_AUTO_TEST_SUITE_END()
