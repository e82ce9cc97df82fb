// Each fault, with the real daemon and the real sandbox over real sockets: exactly once by the sandbox's log.

#include "bot.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>

using namespace crier::test;
namespace json = boost::json;
namespace data = boost::unit_test::data;

namespace {

const std::string no_schedule;

/// What the sandbox does to the first request to publish.
struct Meet {
    const char* what;
    const char* effect;
    const char* form;
    friend std::ostream& operator<<(std::ostream& out, const Meet& meet) {
        return out << meet.what << ' ' << meet.effect << ' ' << meet.form;
    }
};

const Meet faults[] = {
    {"500", "before", ""},
    {"500", "after", ""},
    {"500_html", "after", ""},
    {"502", "before", ""},
    {"502", "after", ""},
    {"503", "after", ""},
    {"504", "after", ""},
    {"cut", "before", ""},
    {"cut", "after", ""},
    {"cut_body", "after", ""},
    {"reset", "before", ""},
    {"empty_200", "after", ""},
    {"garbage_200", "after", ""},
    {"hang", "after", ""},
    {"429", "before", "iso"},
    {"429", "before", "unix"},
    {"429", "before", "millis"},
    {"429", "before", "retry_after"},
    {"429", "before", "retry_after_date"},
};

json::object fields(const Meet& meet) {
    json::object more;
    if (*meet.effect != '\0')
        more["effect"] = meet.effect;
    if (*meet.form != '\0') {
        more["form"] = meet.form;
        more["wait"] = 1;
    }
    return more;
}

} // namespace

BOOST_AUTO_TEST_SUITE(integration_once)

BOOST_DATA_TEST_CASE(a_fault_on_publishing_ends_in_one_status, data::make(faults), meet) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, no_schedule};
    bot.start();
    sandbox.fault("POST /api/v1/statuses", meet.what, 1, fields(meet));
    const Finished posted = bot.crier({"post", "hello", "--wait"});
    BOOST_TEST(posted.code == 0, posted.err << bot.output());
    BOOST_TEST(sandbox.timeline() == std::vector<std::string>{"hello"}, boost::test_tools::per_element());
    BOOST_TEST(sandbox.requests("POST /api/v1/statuses").size() == 2U);
    // The same key both times.
    const auto requests = sandbox.requests("POST /api/v1/statuses");
    BOOST_TEST(requests.front().at("key").as_string() == requests.back().at("key").as_string());
    BOOST_TEST(bot.stop() == 0);
}

BOOST_AUTO_TEST_CASE(a_429_without_any_header_is_waited_out_and_not_repeated_at_once) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, no_schedule};
    bot.start();
    json::object form;
    form["form"] = "none";
    sandbox.fault("POST /api/v1/statuses", "429", 1, form);
    BOOST_TEST(bot.crier({"post", "hello"}).code == 0);
    BOOST_TEST(eventually([&] { return bot.count("retrying") == 1; }));
    // A minute is what it waits when it is not told; a restart does not forget it.
    BOOST_TEST(bot.stop() == 0);
    bot.start();
    BOOST_TEST(bot.crier({"status"}).out.find("until") != std::string::npos);
    BOOST_TEST(sandbox.requests("POST /api/v1/statuses").size() == 1U);
    BOOST_TEST(bot.outbox()[0].at("state").as_string() == "retrying");
}

BOOST_AUTO_TEST_CASE(kill_9_between_request_and_reply_then_restart) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, no_schedule};
    bot.start();
    json::object after;
    after["effect"] = "after";
    sandbox.fault("POST /api/v1/statuses", "hang", 1, after);
    BOOST_TEST(bot.crier({"post", "hello"}).code == 0);
    BOOST_REQUIRE(eventually([&] { return sandbox.statuses().size() == 1; }));
    bot.kill_hard();
    bot.start();
    BOOST_TEST(eventually([&] { return bot.count("published") == 1; }), bot.output());
    BOOST_TEST(sandbox.statuses().size() == 1U);
    BOOST_TEST(sandbox.requests("POST /api/v1/statuses").size() == 2U);
}

BOOST_AUTO_TEST_CASE(kill_9_before_the_request_arrives_then_restart) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, no_schedule};
    bot.start();
    json::object before;
    before["effect"] = "before";
    sandbox.fault("POST /api/v1/statuses", "hang", 1, before);
    BOOST_TEST(bot.crier({"post", "hello"}).code == 0);
    BOOST_REQUIRE(eventually([&] { return sandbox.requests("POST /api/v1/statuses").size() == 1; }));
    bot.kill_hard();
    bot.start();
    BOOST_TEST(eventually([&] { return bot.count("published") == 1; }), bot.output());
    BOOST_TEST(sandbox.statuses().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_dead_token_then_a_rotated_file) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, no_schedule};
    bot.start();
    json::object dead;
    dead["token"] = sandbox_token;
    dead["how"] = "revoked";
    (void)sandbox.control("DELETE", "/sandbox/tokens", dead);
    BOOST_TEST(bot.crier({"post", "hello"}).code == 0);
    BOOST_REQUIRE(eventually([&] { return bot.crier({"status"}).out.find("held") != std::string::npos; }));
    BOOST_TEST(sandbox.statuses().empty());
    // The hint names the usual mistake.
    BOOST_TEST(bot.crier({"status"}).out.find("access token") != std::string::npos);
    json::object fresh;
    fresh["account"] = "bot";
    fresh["token"] = "rotated-token-of-the-bot";
    (void)sandbox.control("PUT", "/sandbox/tokens", fresh);
    bot.set_token("rotated-token-of-the-bot");
    BOOST_TEST(eventually([&] { return bot.count("published") == 1; }), bot.output());
    BOOST_TEST(sandbox.timeline() == std::vector<std::string>{"hello"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_second_daemon_on_the_same_store_refuses) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, no_schedule};
    bot.start();
    const Finished second = bot.crier({"run", "--once"});
    BOOST_TEST(second.code != 0);
    BOOST_TEST(second.err.find("crier.db") != std::string::npos, second.err);
    BOOST_TEST(bot.running());
}

BOOST_AUTO_TEST_CASE(a_store_that_cannot_be_written_is_no_token_so_the_service_is_started_again) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, no_schedule};
    std::string yaml = read_file(bot.config());
    yaml.replace(yaml.find("store: crier.db"), 15, "store: gone/crier.db");
    write_file(bot.config(), yaml);
    const Finished ran = bot.crier({"run"});
    BOOST_TEST(ran.code == 1); // 2, 3 and 4 are not tried again: RestartPreventExitStatus
    BOOST_TEST(ran.err.find("must exist and be writable for user") != std::string::npos, ran.err);
}

BOOST_AUTO_TEST_SUITE_END()
