#include "harness.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::config::testing;

namespace {

std::string with_alerts(const std::string& alerts) {
    return with_accounts("alerts: " + alerts + "\n");
}

bool told_of(const AlertSettings& alerts, AlertKind kind) {
    return alerts.on.test(static_cast<std::size_t>(kind));
}

} // namespace

BOOST_AUTO_TEST_SUITE(config_alerts)

BOOST_AUTO_TEST_CASE(everything_that_alerts_may_say_is_read) {
    const AlertSettings alerts =
        settings_of(
            with_alerts("{command: [/etc/crier/sun.png, --now], webhook: {url: https://h.example/x, token: "
                        "{env: HOOK_TOKEN}}, heartbeat: {url: https://b.example/y, every: 1m}, "
                        "on: [held, store], silent_for: 2h, repeat: 30m}"))
            .alerts;
    BOOST_TEST(alerts.command == (std::vector<std::string>{"/etc/crier/sun.png", "--now"}),
               boost::test_tools::per_element());
    BOOST_TEST(alerts.webhook == "https://h.example/x");
    BOOST_REQUIRE(alerts.webhook_token);
    BOOST_TEST(alerts.webhook_token->name == "HOOK_TOKEN");
    BOOST_TEST(alerts.heartbeat == "https://b.example/y");
    BOOST_TEST((alerts.heartbeat_every == std::chrono::minutes{1}));
    BOOST_TEST(alerts.on.count() == 2U);
    BOOST_TEST((told_of(alerts, AlertKind::held) && told_of(alerts, AlertKind::store)));
    BOOST_TEST((alerts.silent_for == std::chrono::hours{2}));
    BOOST_TEST((alerts.repeat == std::chrono::minutes{30}));
}

BOOST_AUTO_TEST_CASE(one_word_may_stand_for_a_list) {
    const AlertSettings alerts = settings_of(with_alerts("{command: /etc/crier/sun.png, on: token}")).alerts;
    BOOST_TEST(alerts.command.size() == 1U);
    BOOST_TEST(alerts.on.count() == 1U);
    BOOST_TEST(told_of(alerts, AlertKind::token));
}

BOOST_AUTO_TEST_CASE(what_would_tell_nobody_is_refused) {
    BOOST_TEST(said(with_alerts("{on: [held]}")) ==
               "crier.yaml:3:9: alerts: nothing says whom to tell\n    hint: for example command: "
               "[/usr/local/bin/notify], or webhook: {url: https://...}\n");
    BOOST_TEST(said(with_alerts("{command: [mail, me]}")) ==
               "crier.yaml:3:19: alerts.command: 'mail' is no path of a program\n    hint: in full, and its "
               "arguments after it: command: [/usr/local/bin/notify, --now]\n");
    BOOST_TEST(said(with_alerts("{command: [./no.sh]}")) ==
               "crier.yaml:3:19: warning: alerts.command: there is no program no.sh\n    hint: "
               "nobody is told of anything until it is there\n");
    BOOST_TEST(said(with_alerts("{command: /bin/mail me}")).find("there is no shell") != std::string::npos);
    BOOST_TEST(
        said(with_alerts("{command: [/etc/crier/sun.png], on: [held, tokens]}")) ==
        "crier.yaml:3:52: alerts.on[1]: 'tokens' is nothing that there are alerts for\n    hint: did you "
        "mean 'token'?\n");
}

BOOST_AUTO_TEST_CASE(an_address_of_alerts_is_never_shown) {
    BOOST_TEST(said(with_alerts("{webhook: {url: ftp://h.example/secret-path}}")).find("secret-path") ==
               std::string::npos);
    BOOST_TEST(said(with_alerts("{webhook: {}}")).find("the webhook has no url") != std::string::npos);
    BOOST_TEST(said(with_alerts("{heartbeat: {url: http://b.example/x}}"))
                   .find("warning: alerts.heartbeat.url: without https") != std::string::npos);
    BOOST_TEST(said(with_alerts("{webhook: {url: https://h.example, token: abcdefghijklmnop}}"))
                   .find("the token itself must not stand in this file") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_fuse_is_a_mapping_or_off_and_a_source_or_entry_may_have_its_own) {
    const std::string entry = "- {name: a, account: news, cron: '0 9 * * *', post: {status: x}, fuse: ";
    const Settings settings = settings_of(with_accounts(
        "fuse: {posts: 20}\nschedule:\n" + entry + "{same_text: 9}}\n" +
        "- {name: b, account: news, cron: '0 9 * * *', post: {status: x}}\n"
        "sources:\n  s: {plugin: queue, account: news, post: {status: x}, fuse: off, url: q.csv}\n"));
    BOOST_TEST(settings.fuse.posts == 20);
    BOOST_REQUIRE(settings.schedule[0].fuse);
    BOOST_TEST(settings.schedule[0].fuse->posts == 20);
    BOOST_TEST(settings.schedule[0].fuse->same_text == 9);
    BOOST_TEST(!settings.schedule[1].fuse);
    BOOST_REQUIRE(settings.sources[0].fuse);
    BOOST_TEST(!settings.sources[0].fuse->on);
    for (const char* word : {"off", "false", "\"off\""})
        BOOST_TEST(!settings_of(with_accounts("fuse: " + std::string{word} + "\n")).fuse.on);
    // What is said over `off` switches it on again.
    const Settings off = settings_of(with_accounts("fuse: off\nschedule:\n" + entry + "{posts: 3}}\n"));
    BOOST_TEST((off.schedule[0].fuse->on && off.schedule[0].fuse->posts == 3));
    BOOST_TEST(
        said(with_accounts("fuse: on\n")) ==
        "crier.yaml:3:7: fuse: expected a mapping, or off, found 'on'\n    hint: for example fuse: {posts: "
        "10, within: 1h}\n");
}

BOOST_AUTO_TEST_SUITE_END()
