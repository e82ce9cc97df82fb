// What is asked of a server, in which order, and what is remembered.

#include "harness.hpp"

#include <boost/test/unit_test.hpp>

#include <map>

using namespace crier::fediverse::test;

namespace {

constexpr std::int64_t one_second = 1'000'000;
const std::string lookup = "https://m.example/api/v1/accounts/lookup?acct=jo";
const std::string first_page =
    "https://m.example/api/v1/accounts/7/statuses?limit=40&exclude_replies=true&exclude_reblogs=true";

std::string asked_first(const std::string& url) {
    const Yield yield = look([](const std::string&) { return "[]"; }, url);
    return yield.error.empty() && yield.asked.size() == 1 ? yield.asked[0] : yield.error;
}

/// Statuses from one number down to another, made in as many seconds.
std::string page(int from, int to) {
    std::string all;
    for (int i = from; i >= to; --i) {
        const std::string second = (i % 60 < 10 ? "0" : "") + std::to_string(i % 60);
        all += (all.empty() ? "[" : ",") + status(i, R"(,"created_at":"2026-11-27T01:)" +
                                                         std::to_string(10 + i / 60) + ":" + second + "Z\"");
    }
    return (all.empty() ? "[" : all) + "]";
}

/// A server with statuses 1 to `newest`, forty a page.
Server timeline(int newest) {
    return [newest](const std::string& address) -> std::string {
        if (address.find("/lookup?") != std::string::npos)
            return R"({"id":"7"})";
        const std::size_t max_id = address.find("max_id=");
        const int from = max_id == std::string::npos ? newest : std::stoi(address.substr(max_id + 7)) - 1;
        return page(from, std::max(1, from - 39));
    };
}

} // namespace

BOOST_AUTO_TEST_SUITE(fediverse_looks)

BOOST_AUTO_TEST_CASE(the_address_of_a_page_names_the_account) {
    for (const char* url :
         {"https://m.example/@jo", "https://m.example/@jo/", "https://m.example/users/jo",
          "https://m.example/jo", "https://m.example/profile/jo", "https://m.example/web/@jo",
          "https://m.example/@jo/with_replies", "https://m.example/@jo?x=1#y", " https://m.example/@jo "})
        BOOST_TEST(asked_first(url) == lookup, url);
    BOOST_TEST(asked_first("https://m.example/@jo@o.example") == lookup + "@o.example");
    BOOST_TEST(asked_first("http://127.0.0.1:8080/@jo_1.x") ==
               "http://127.0.0.1:8080/api/v1/accounts/lookup?acct=jo_1.x");
    BOOST_TEST(asked_first("https://m.example/@j\xc3\xb6") ==
               "https://m.example/api/v1/accounts/lookup?acct=j%C3%B6");
}

BOOST_AUTO_TEST_CASE(what_is_no_such_address_is_refused_in_words) {
    const auto is_no_address = [](const std::string& url, const std::string& page) {
        BOOST_TEST(asked_first(url) ==
                   "url: \"" + url + "\" is no web address: write that of the account's page, " + page);
    };
    is_no_address("acct:jo@m.example", "https://m.example/@jo");
    is_no_address("@jo@m.example", "https://m.example/@jo");
    is_no_address("jo@m.example", "https://m.example/@jo");
    is_no_address("jo", "https://HOST/@NAME");
    for (const char* url :
         {"https://m.example", "https://m.example/", "https://m.example/@", "https://m.example/@@jo",
          "https://m.example/@jo@a@b", "https://m.example/@j%6f", "https://m.example/users"})
        BOOST_TEST(asked_first(url) ==
                   "url: \"" + std::string{url} +
                       "\" names no account: write the address of its page, https://HOST/@NAME");
    BOOST_TEST(asked_first("https://m.example/@jo/109") ==
               "url: \"https://m.example/@jo/109\" is not the page of an account, but one below it: write "
               "https://HOST/@NAME");
    BOOST_TEST(asked_first("https://m.example/@jo.rss") ==
               "url: \"https://m.example/@jo.rss\" is a feed: take \"plugin: feed\", or leave \".rss\" out");
    BOOST_TEST(
        asked_first("https://jo@m.example/@jo") ==
        "url: \"https://jo@m.example/@jo\" has no host, or a name before it: write https://HOST/@NAME");
    BOOST_TEST(refused({{"boosts", "yes"}}) == "boosts: \"yes\" is neither true nor false");
    BOOST_TEST(refused({{"replies", "true"}, {"sensitive", "false"}}) == "");
}

BOOST_AUTO_TEST_CASE(the_accounts_number_is_asked_for_once_a_day) {
    constexpr std::int64_t now = 1'795'521'600 * one_second;
    const Yield first = look(timeline(3), "https://m.example/@jo", {}, {}, now);
    BOOST_TEST(first.asked == (std::vector<std::string>{lookup, first_page}),
               boost::test_tools::per_element());
    BOOST_TEST(first.items.size() == 3U);
    BOOST_TEST(first.cursor == R"({"host":"m.example","acct":"jo","id":"7","asked":1795521600000000,)"
                               R"("newest":"3","newest_at":1795741803000000})");
    const auto asked = [&](const std::string& url, const std::string& cursor, std::int64_t later) {
        return look(timeline(3), url, cursor, {}, now + later * one_second).asked.front();
    };
    BOOST_TEST(asked("https://m.example/@jo", first.cursor, 86'399) == first_page);
    BOOST_TEST(asked("https://m.example/@jo", first.cursor, 86'400) == lookup);
    BOOST_TEST(asked("https://m.example/@al", first.cursor, 60) ==
               "https://m.example/api/v1/accounts/lookup?acct=al");
    BOOST_TEST(asked("https://o.example/@jo", first.cursor, 60) ==
               "https://o.example/api/v1/accounts/lookup?acct=jo");
    for (std::size_t size = 0; size < first.cursor.size(); ++size)
        BOOST_TEST(asked("https://m.example/@jo", first.cursor.substr(0, size), 60) == lookup);
}

BOOST_AUTO_TEST_CASE(options_are_part_of_what_is_asked) {
    const auto asked = [](const Settings& settings) {
        return look(timeline(1), "https://m.example/@jo", {}, settings).asked.at(1);
    };
    const std::string all = "https://m.example/api/v1/accounts/7/statuses?limit=40";
    BOOST_TEST(asked({{"replies", "true"}}) == all + "&exclude_reblogs=true");
    BOOST_TEST(asked({{"boosts", "true"}}) == all + "&exclude_replies=true");
    BOOST_TEST(asked({{"boosts", "true"}, {"replies", "true"}}) == all);
}

BOOST_AUTO_TEST_CASE(pages_are_turned_until_what_was_there_before) {
    const auto after = [](int before, int now) {
        const std::string cursor = look(timeline(before)).cursor;
        return look(timeline(now), "https://m.example/@jo", cursor);
    };
    BOOST_TEST(look(timeline(500)).items.size() == 40U); // the first look has no before
    BOOST_TEST(after(10, 10).asked.size() == 1U);
    BOOST_TEST(after(10, 49).asked.size() == 1U); // 10 is the last of the page
    const Yield two = after(10, 50);
    BOOST_TEST(two.asked == (std::vector<std::string>{first_page, first_page + "&max_id=11"}),
               boost::test_tools::per_element());
    BOOST_TEST(two.items.size() == 50U);
    BOOST_TEST(two.cursor.find(R"("newest":"50")") != std::string::npos);
    const Yield more = after(10, 200);
    BOOST_TEST(more.asked.size() == 3U);
    BOOST_REQUIRE(more.warnings.size() == 1U);
    BOOST_TEST(more.warnings[0] ==
               "more was posted since the last look than 3 pages hold; what is older was left "
               "out: look more often (poll)");
    BOOST_TEST(more.cursor.find(R"("newest":"200")") != std::string::npos);
    // The newest of then was deleted: its time tells.
    const std::string cursor = look(timeline(10)).cursor;
    const Yield gone = look(
        [](const std::string&) {
            return "[" + status(12) + "," + status(9, R"(,"created_at":"2026-11-27T01:10:09Z")") + "]";
        },
        "https://m.example/@jo", cursor);
    BOOST_TEST(gone.asked.size() == 1U);
    // Nothing is left: no page more.
    BOOST_TEST(look([](const std::string&) { return "[]"; }, "https://m.example/@jo", cursor).asked.size() ==
               1U);
    BOOST_TEST(look(timeline(40), "https://m.example/@jo", {}, {}, 0, 5).items.size() == 5U);
}

BOOST_AUTO_TEST_CASE(an_account_that_moved_or_began_again_is_noticed) {
    const auto server = [](const std::string& account) {
        return [account](const std::string& address) -> std::string {
            return address.find("/lookup?") != std::string::npos ? account : page(3, 1);
        };
    };
    const Yield moved =
        look(server(R"({"id":"7","moved":{"acct":"jo@o.example","url":"https://o.example/@jo"}})"));
    BOOST_REQUIRE(moved.warnings.size() == 1U);
    BOOST_TEST(moved.warnings[0] ==
               "the account \"jo\" has moved to https://o.example/@jo; write that as url");
    BOOST_TEST(moved.items.size() == 3U);
    const std::string in_status =
        R"([{"id":"1","uri":"u1","account":{"id":"7","moved":{"acct":"jo@o.example"}}},)"
        R"({"id":"0","uri":"u0","account":{"id":"7","moved":{"acct":"jo@o.example"}}}])";
    BOOST_TEST(told(in_status) ==
               "- id=u1\n- id=u0\n! the account \"jo\" has moved to \"jo@o.example\"; write that as url\n");
    BOOST_TEST(look(server(R"({"id":"7","suspended":true})")).error ==
               "the account \"jo\" is suspended on m.example; nothing will come of it");
    // Another number: what was the newest then says nothing.
    const std::string cursor = look(timeline(50)).cursor;
    const Yield anew = look(server(R"({"id":8})"), "https://m.example/@jo", cursor, {}, INT64_MAX);
    BOOST_TEST(anew.asked.size() == 2U);
    BOOST_TEST(anew.cursor.find(R"("id":"8")") != std::string::npos);
    BOOST_TEST(anew.cursor.find(R"("newest":"3")") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_no_answer_is_an_error) {
    const std::string instead = " where Mastodon's API has JSON; it may be a server of another kind, or one "
                                "that shows posts only to who is "
                                "logged in: see whether it has an RSS feed for \"plugin: feed\"\n";
    BOOST_TEST(told("<!DOCTYPE html><html>Login</html>") ==
               "error: m.example answers with a web page" + instead);
    BOOST_TEST(told(" ") == "error: m.example answers with nothing" + instead);
    BOOST_TEST(told("[{\"id\":") == "error: m.example answers with broken JSON (incomplete JSON)" + instead);
    BOOST_TEST(told("7") == "error: m.example answers with something that is no list of posts\n");
    BOOST_TEST(
        told(R"({"error":"This method requires an authenticated user"})") ==
        "error: m.example says \"This method requires an authenticated user\"; it may let nobody read "
        "without "
        "a token, and this plugin has none: see whether the account has an RSS feed for \"plugin: feed\"\n");
    BOOST_TEST(told("{}") == "error: m.example answers with something that is no list of posts\n");
    BOOST_TEST(
        look([](const std::string&) { return "{}"; }).error ==
        "m.example says nothing of an account \"jo\": see whether its page opens in a browser that is not "
        "logged in");
}

BOOST_AUTO_TEST_SUITE_END()
