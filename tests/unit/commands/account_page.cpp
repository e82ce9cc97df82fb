#include "commands/account_page.hpp"

#include <boost/test/unit_test.hpp>

#include <sstream>

using namespace crier;
using namespace crier::commands;

BOOST_AUTO_TEST_SUITE(account_page)

BOOST_AUTO_TEST_CASE(since_is_a_time_or_how_long_ago) {
    const Instant now = *from_rfc3339("2026-11-24T12:00:00Z");
    BOOST_TEST(to_rfc3339(*since_of("7d", now)) == "2026-11-17T12:00:00Z");
    BOOST_TEST(to_rfc3339(*since_of("2026-01-01T00:00:00+01:00", now)) == "2025-12-31T23:00:00Z");
    BOOST_TEST((since_of("yesterday", now).error().cause == Cause::usage));
}

BOOST_AUTO_TEST_CASE(an_account_without_a_handle_has_no_page) {
    const sys::Environment environment;
    std::ostringstream out;
    const Invocation call{environment, {}, false, out, out};
    Settings settings;
    AccountSettings account;
    account.name = "news";
    const auto page = read_page(call, settings, account, {});
    BOOST_REQUIRE(!page);
    BOOST_TEST((page.error().cause == Cause::config));
    BOOST_TEST(page.error().message.find("accounts.news") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_was_read_is_told_in_a_line) {
    mastodon::LookBack page;
    BOOST_TEST(told(page) == "0 statuses read");
    page.statuses.resize(2);
    page.oldest = *from_rfc3339("2026-11-24T12:00:00.5Z");
    BOOST_TEST(told(page) == "2 statuses read, back to 2026-11-24 12:00:00 UTC");
}

BOOST_AUTO_TEST_SUITE_END()
