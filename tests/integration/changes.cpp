// A configuration that changes between two lives of the real daemon; a thread on the real sandbox.

#include "bot.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::test;
namespace json = boost::json;

namespace {

const char* launch = "schedule:\n"
                     "  - name: launch\n"
                     "    account: news\n"
                     "    at: \"2020-01-01T00:00:00Z\"\n"
                     "    missed: {policy: latest, within: 36500d}\n";

/// Another configuration for the same bot and store.
void rewrite(Bot& bot, const std::string& from, const std::string& to) {
    std::string text = read_file(bot.config());
    const auto at = text.find(from);
    BOOST_REQUIRE_MESSAGE(at != std::string::npos, text);
    text.replace(at, from.size(), to);
    write_file(bot.config(), text);
}

} // namespace

BOOST_AUTO_TEST_SUITE(integration_changes)

BOOST_AUTO_TEST_CASE(a_thread_is_a_chain_of_replies_and_preview_and_outbox_show_its_parts) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox,
            std::string{launch} + "    post: {thread: [{status: one}, {status: two}, {status: three}]}\n"};
    sandbox.fault("POST /api/v1/statuses", "500", 1);
    bot.start();
    BOOST_TEST(eventually([&] { return bot.count("published") == 3; }));
    const json::array statuses = sandbox.statuses();
    BOOST_REQUIRE_EQUAL(statuses.size(), 3U);
    for (std::size_t i = 1; i < statuses.size(); ++i)
        BOOST_TEST(statuses[i].at("in_reply_to_id") == statuses[i - 1].at("id"));
    const std::string shown = bot.crier({"outbox", "show", "2"}).out;
    BOOST_TEST(shown.find("thread: part 2 of 3\n") != std::string::npos, shown);
    BOOST_TEST(shown.find("replies to: ") != std::string::npos, shown);
}

BOOST_AUTO_TEST_CASE(a_rename_and_an_edition_over_a_restart) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, std::string{launch} + "    post: {status: \"we launch\"}\n"};
    bot.start();
    BOOST_TEST(eventually([&] { return sandbox.statuses().size() == 1; }));
    BOOST_TEST(bot.stop() == 0);
    rewrite(bot, "name: launch", "name: start\n    was: launch");
    BOOST_TEST(bot.crier({"check"}).code == 0);
    bot.start();
    BOOST_TEST(
        eventually([&] { return bot.output().find("start is what was launch") != std::string::npos; }));
    BOOST_TEST(bot.crier({"outbox", "show", "1"}).out.find("entry:start") != std::string::npos);
    BOOST_TEST(bot.stop() == 0);
    rewrite(bot, "was: launch", "edition: 1");
    const Finished checked = bot.crier({"check"});
    BOOST_TEST(checked.code == 0);
    BOOST_TEST(
        checked.err.find("schedule.start.edition: raised to 1, it posts 1 moment anew at once, the last "
                         "of 2020-01-01T00:00:00Z, and 0 to come") != std::string::npos,
        checked.err);
    bot.start();
    BOOST_TEST(eventually([&] { return sandbox.statuses().size() == 2; }));
    BOOST_TEST(bot.crier({"check"}).err.empty());
}

BOOST_AUTO_TEST_SUITE_END()
