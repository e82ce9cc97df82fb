// What the account's page answers: nothing is twice, and moving over from another bot.

#include "bot.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <filesystem>

using namespace crier::test;
namespace json = boost::json;

namespace {

std::string whole_feed(const Sandbox& sandbox) {
    return blog_of(sandbox, "    first_run: {publish: all}\n"
                            "    post: {status: \"{{ title }} {{ link }}\"}\n");
}

/// By another hand with the same account.
void somebody_posts(Sandbox& sandbox, const std::string& text) {
    json::object status;
    status["status"] = text;
    status["access_token"] = sandbox_token;
    (void)sandbox.control("POST", "/api/v1/statuses", status);
}

std::vector<json::object> lines_of(const std::string& text) {
    std::vector<json::object> lines;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text.find('\n', at);
        lines.push_back(json::parse(text.substr(at, end - at)).as_object());
        at = end + 1;
    }
    return lines;
}

void feed_grows(Sandbox& sandbox, const std::string& title, const std::string& link) {
    json::object item;
    item["title"] = title;
    item["link"] = link;
    (void)sandbox.control("POST", "/sandbox/feed", item);
}

} // namespace

BOOST_AUTO_TEST_SUITE(integration_page)

BOOST_AUTO_TEST_CASE(moving_over_from_another_bot_doubles_nothing) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, whole_feed(sandbox)};
    const std::vector<json::object> items = lines_of(bot.crier({"items", "blog"}).out);
    BOOST_REQUIRE(!items.empty());
    for (const json::object& item : items)
        somebody_posts(sandbox, "New: " + std::string{item.at("link").as_string()} + "?utm_source=other");
    somebody_posts(sandbox, "Short: https://bit.ly/abc");
    const std::size_t theirs = items.size() + 1;
    feed_grows(sandbox, "The only new one", "https://example.org/new");

    const Finished dry = bot.crier({"adopt", "news", "--dry-run"});
    BOOST_TEST(dry.code == 0, dry.err);
    BOOST_TEST(dry.out.find("would be adopted for blog") != std::string::npos, dry.out);
    BOOST_TEST(!std::filesystem::exists(bot.store()));

    const Finished adopted = bot.crier({"adopt", "news", "--json"});
    BOOST_TEST(adopted.code == 0, adopted.err);
    const json::object said = json::parse(adopted.out).as_object();
    BOOST_TEST(said.at("statuses").as_int64() == static_cast<std::int64_t>(theirs));
    BOOST_TEST(said.at("adopted").as_int64() == static_cast<std::int64_t>(theirs));
    BOOST_TEST(said.at("reached").as_bool());
    BOOST_REQUIRE(said.at("shortened").as_array().size() == 1U);
    BOOST_TEST(said.at("shortened").as_array()[0].as_string() == "https://bit.ly/abc");
    const Finished again = bot.crier({"adopt", "news"});
    BOOST_TEST(again.out.find("0 adopted, " + std::to_string(theirs) + " known before") != std::string::npos,
               again.out);

    bot.start();
    BOOST_TEST_REQUIRE(eventually([&] { return sandbox.statuses().size() == theirs + 1; }), bot.output());
    BOOST_TEST(sandbox.timeline().back() == "The only new one https://example.org/new");

    // Through the running daemon: what somebody posts meanwhile, before the feed has it.
    somebody_posts(sandbox, "First! https://example.org/later");
    const Finished running = bot.crier({"adopt", "news", "--source", "blog", "--since", "1h"});
    BOOST_TEST(running.code == 0, running.err);
    BOOST_TEST(running.out.find("1 adopted") != std::string::npos, running.out);
    feed_grows(sandbox, "First!", "https://example.org/later");
    feed_grows(sandbox, "The last", "https://example.org/last");
    BOOST_TEST_REQUIRE(eventually([&] { return sandbox.timeline().back().find("The last") == 0; }),
                       bot.output());
    BOOST_TEST(sandbox.statuses().size() == theirs + 3);
    BOOST_TEST(bot.outbox().size() == 2U);
}

BOOST_AUTO_TEST_CASE(what_is_on_the_page_twice_is_told_by_whomever) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, ""};
    bot.start();
    BOOST_REQUIRE(bot.crier({"post", "Hello https://example.org/1", "--wait"}).code == 0);
    const Finished once = bot.crier({"duplicates"});
    BOOST_TEST(once.code == 0, once.err);
    BOOST_TEST(once.out.find("nothing is twice: 1 status read") != std::string::npos, once.out);

    somebody_posts(sandbox, "hello http://example.org/1?utm_source=other");
    somebody_posts(sandbox, "In other words https://example.org/1");
    const Finished twice = bot.crier({"duplicates", "--account", "news"});
    BOOST_TEST(twice.code == 1, twice.err);
    BOOST_TEST(twice.out.find("the same text, 2 times: Hello") != std::string::npos, twice.out);
    BOOST_TEST(twice.out.find("the same link in other words, 2 times") != std::string::npos, twice.out);
    BOOST_TEST(twice.out.find("post 1 (manual)") != std::string::npos, twice.out);
    BOOST_TEST(twice.out.find("not crier's") != std::string::npos, twice.out);
    BOOST_TEST(bot.stop() == 0);
    // On the store of a stopped daemon, for scripts.
    const Finished stopped = bot.crier({"duplicates", "--since", "1h", "--json"});
    BOOST_TEST(stopped.code == 1, stopped.err);
    const std::vector<json::object> groups = lines_of(stopped.out);
    BOOST_REQUIRE(groups.size() == 2U);
    BOOST_TEST(groups[0].at("kind").as_string() == "text");
    BOOST_TEST(groups[0].at("certain").as_bool());
    const json::array& statuses = groups[0].at("statuses").as_array();
    BOOST_REQUIRE(statuses.size() == 2U);
    BOOST_TEST(statuses[0].at("post").as_int64() == 1);
    BOOST_TEST(statuses[1].at("post").is_null());
    BOOST_TEST(!groups[1].at("certain").as_bool());
    for (const json::object& request : sandbox.requests("GET /api/v1/accounts/"))
        BOOST_TEST(request.at("token_account").as_string() == "");
}

BOOST_AUTO_TEST_CASE(what_an_entry_repeats_at_each_of_its_times_is_no_double) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, "schedule: [{name: tick, account: news, every: 1s, post: {status: Tick}}]\n"};
    bot.start();
    BOOST_TEST_REQUIRE(eventually([&] { return bot.count("published") >= 2; }), bot.output());
    BOOST_TEST(bot.stop() == 0);
    const Finished meant = bot.crier({"duplicates"});
    BOOST_TEST(meant.code == 0, meant.out << meant.err);
    BOOST_TEST(meant.out.find("by an entry for each of its times") != std::string::npos, meant.out);
    somebody_posts(sandbox, "Tick");
    BOOST_TEST(bot.crier({"duplicates"}).code == 1);
}

BOOST_AUTO_TEST_CASE(a_page_that_cannot_be_read_says_why) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, whole_feed(sandbox)};
    sandbox.fault("GET /api/v1/accounts/", "401", 8);
    for (const std::vector<std::string>& command :
         {std::vector<std::string>{"duplicates"}, std::vector<std::string>{"adopt", "news"}}) {
        const Finished closed = bot.crier(command);
        BOOST_TEST(closed.code == 5, closed.err);
        BOOST_TEST(closed.err.find("is not shown to those whom the server does not know: 401") !=
                       std::string::npos,
                   closed.err);
        BOOST_TEST(closed.err.find("evidence") != std::string::npos, closed.err);
    }
    BOOST_TEST(bot.crier({"adopt", "nws"}).code == 2);
    BOOST_TEST(bot.crier({"adopt", "news", "--source", "blgo"}).code == 2);
    BOOST_TEST(bot.crier({"duplicates", "--since", "yesterday"}).code == 2);
}

BOOST_AUTO_TEST_SUITE_END()
