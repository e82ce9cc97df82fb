// Who is told when something needs a person: a real command, run by the real daemon.

#include "bot.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <filesystem>

using namespace crier::test;
namespace json = boost::json;

namespace {

void write_notifier(const TempDir& directory, const std::string& script) {
    write_file(directory.file("notify"), "#!/bin/sh\n" + script + "\n");
    std::filesystem::permissions(directory.file("notify"), std::filesystem::perms{0700});
}

std::string notifier(const TempDir& directory) {
    write_notifier(directory, "{ cat; env; } >> " + directory.file("told"));
    return "alerts: {command: [./notify]}\n";
}

std::string told(const TempDir& directory) {
    return std::filesystem::exists(directory.file("told")) ? read_file(directory.file("told")) : "";
}

bool says(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_SUITE(integration_alerts)

BOOST_AUTO_TEST_CASE(a_dead_token_is_told_by_the_command_and_that_it_is_over) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, notifier(directory)};
    bot.environment["MASTODON_ACCESS_TOKEN"] = "never-handed-on";
    bot.set_token("dead-token");
    bot.start();
    BOOST_TEST(bot.crier({"post", "hello"}).code == 0);
    BOOST_REQUIRE(eventually([&] { return says(told(directory), "CRIER_ALERT_STATE=on"); }));
    const std::string text = told(directory);
    BOOST_TEST(says(text, "\"kind\":\"token\",\"subject\":\"account:news\""));
    BOOST_TEST(says(text, "CRIER_ALERT_SUBJECT=account:news\n"));
    BOOST_TEST(!says(text, "never-handed-on"));
    BOOST_TEST(!says(text, "dead-token"));
    bot.set_token(sandbox_token);
    BOOST_TEST(eventually([&] { return says(told(directory), "CRIER_ALERT_STATE=over"); }), bot.output());
    // The command runs beside the lane.
    BOOST_TEST(eventually([&] { return sandbox.statuses().size() == 1U; }), bot.output());
    BOOST_TEST(bot.stop() == 0);
}

BOOST_AUTO_TEST_CASE(the_test_of_the_alerts_goes_by_every_way_and_says_what_does_not_work) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, notifier(directory)};
    const Finished good = bot.crier({"alerts", "test"});
    BOOST_TEST(good.code == 0, good.err);
    BOOST_TEST(says(good.out, "notify: delivered"));
    BOOST_TEST(says(told(directory), "CRIER_ALERT_KIND=test\n"));
    write_notifier(directory, "echo no line; exit 1");
    const Finished bad = bot.crier({"alerts", "test"});
    BOOST_TEST(bad.code == 1);
    BOOST_TEST(says(bad.err, "it ended with 1: no line"), bad.err);
    Bot silent{directory, sandbox, ""};
    BOOST_TEST(silent.crier({"alerts", "test"}).code == 3);
}

BOOST_AUTO_TEST_CASE(a_flood_is_held_by_the_fuse_shown_by_status_and_dropped_or_let_go_in_one_command) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox,
            "fuse: {posts: 4}\n" + blog_of(sandbox, "    post: {status: \"{{ title }}\"}\n")};
    bot.start();
    BOOST_REQUIRE(eventually([&] { return says(bot.output(), "none posted (first_run)"); }));
    for (int i = 0; i < 6; ++i) {
        json::object item;
        item["title"] = "Item " + std::to_string(i);
        item["body"] = "Text";
        (void)sandbox.control("POST", "/sandbox/feed", item);
    }
    BOOST_TEST_REQUIRE(eventually([&] { return bot.count("held") > 0 && bot.outbox().size() == 6; }),
                       bot.output());
    const Finished status = bot.crier({"status"});
    BOOST_TEST(says(status.out, "tripped"), status.out);
    BOOST_TEST(says(status.out, "crier resume source:blog"), status.out);
    const std::size_t held = bot.count("held");
    const Finished cancelled = bot.crier({"outbox", "cancel", "--origin", "source:blog", "--reason", "fuse"});
    BOOST_TEST(cancelled.code == 0, cancelled.err);
    BOOST_TEST(says(cancelled.out, std::to_string(held)), cancelled.out);
    BOOST_TEST(bot.count("cancelled") == held);
    BOOST_TEST(bot.crier({"resume", "source:blog"}).code == 0);
    BOOST_TEST(!says(bot.crier({"status"}).out, "tripped"));
    BOOST_TEST(eventually([&] { return sandbox.statuses().size() == 6 - held; }));
}

BOOST_AUTO_TEST_SUITE_END()
