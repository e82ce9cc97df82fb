// Posts whose reply was lost on a server that ignores keys: what the account's page says, over real sockets.

#include "bot.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::test;
namespace json = boost::json;

namespace {

/// A server that makes a new status of each request, shows its pages to everybody, and has one of ours.
struct Keyless {
    TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, "", "    receipt: false\n"};

    Keyless() {
        // By its version none that is known to honour a key.
        json::object manner;
        manner["kind"] = "gotosocial";
        (void)sandbox.control("PUT", "/sandbox/settings", manner);
        bot.start();
        BOOST_REQUIRE(bot.crier({"post", "the one before", "--wait"}).code == 0);
    }
    std::string state() { return std::string{bot.outbox().front().at("state").as_string()}; }
    void lose(const char* effect) {
        json::object more;
        more["effect"] = effect;
        sandbox.fault("POST /api/v1/statuses", "cut", 1, more);
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(integration_evidence)

BOOST_AUTO_TEST_CASE(a_lost_reply_is_found_on_the_timeline_and_published_once) {
    Keyless world;
    world.lose("after");
    const std::string text =
        "To @somebody@else.example: read https://example.org/a/long/path?x=1&y=2 & <more> #News";
    const Finished posted = world.bot.crier({"post", text, "--wait"});
    BOOST_TEST(posted.code == 0, posted.err << world.bot.output());
    BOOST_TEST(world.sandbox.statuses().size() == 2U);
    BOOST_TEST(world.sandbox.requests("POST /api/v1/statuses").size() == 2U);
    const json::object post = world.bot.outbox().front();
    BOOST_TEST(post.at("status_id").as_string() == world.sandbox.statuses().back().at("id").as_string());
    BOOST_TEST(!post.at("status_url").as_string().empty());
    // The token that posts may not read, and is not sent where everybody may.
    for (const json::object& request : world.sandbox.requests("GET /api/v1/accounts/"))
        BOOST_TEST(request.at("token_account").as_string() == "");
    BOOST_TEST(!world.sandbox.requests("GET /api/v1/accounts/").empty());
}

BOOST_AUTO_TEST_CASE(what_is_certainly_absent_is_sent_again) {
    Keyless world;
    world.lose("before");
    const Finished posted = world.bot.crier({"post", "hello", "--wait"});
    BOOST_TEST(posted.code == 0, posted.err << world.bot.output());
    const std::vector<std::string> all{"the one before", "hello"};
    BOOST_TEST(world.sandbox.timeline() == all, boost::test_tools::per_element());
    const auto requests = world.sandbox.requests("POST /api/v1/statuses");
    BOOST_TEST(requests.size() == 3U);
    BOOST_TEST(requests[1].at("key").as_string() != requests[2].at("key").as_string());
}

BOOST_AUTO_TEST_CASE(two_that_look_like_it_are_held) {
    Keyless world;
    for (int i = 0; i < 2; ++i) {
        // By another hand, in the same minute.
        json::object twin;
        twin["status"] = "hello";
        twin["access_token"] = sandbox_token;
        (void)world.sandbox.control("POST", "/api/v1/statuses", twin);
    }
    world.lose("before");
    BOOST_TEST(world.bot.crier({"post", "hello"}).code == 0);
    BOOST_TEST(eventually([&] { return world.state() == "held"; }), world.bot.output());
    BOOST_TEST(world.bot.outbox().front().at("reason").as_string().find("two on the account") !=
               json::string::npos);
    BOOST_TEST(world.sandbox.statuses().size() == 3U);
}

BOOST_AUTO_TEST_CASE(what_the_servers_filter_dropped_is_told_by_the_receipt) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, "", ""};
    bot.start();
    sandbox.fault("GET /api/v1/statuses/", "404");
    BOOST_REQUIRE(bot.crier({"post", "hello", "--wait"}).code == 0);
    BOOST_TEST(eventually([&] {
                   return std::string{bot.outbox().front().at("reason").as_string()}.find(
                              "nobody can see it") != std::string::npos;
               }),
               bot.output());
}

BOOST_AUTO_TEST_SUITE_END()
