// A backup that is put back: what the lost life posted is not posted again.

#include "bot.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <filesystem>

using namespace crier::test;
namespace json = boost::json;

namespace {

/// As a snapshot of the file system takes them: the database and its log.
void copy_store(const std::string& from, const std::string& to) {
    for (const char* part : {"", "-wal"}) {
        std::filesystem::remove(to + part);
        if (std::filesystem::exists(from + part))
            std::filesystem::copy_file(from + part, to + part);
    }
    std::filesystem::remove(to + "-shm");
}

std::string state_of_account(Bot& bot) {
    const Finished status = bot.crier({"status", "--json"});
    const json::value parsed = json::parse(status.out);
    const json::object& account = parsed.at("accounts").as_array().at(0).as_object();
    return std::string{account.at("state").as_string()} + " " + std::string{account.at("reason").as_string()};
}

} // namespace

BOOST_AUTO_TEST_SUITE(integration_restore)

BOOST_AUTO_TEST_CASE(a_backup_that_is_put_back_doubles_nothing) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, "", "    receipt: false\n"};
    bot.start();
    BOOST_REQUIRE(bot.crier({"post", "before", "--wait"}).code == 0);

    BOOST_REQUIRE(bot.crier({"pause", "news"}).code == 0);
    BOOST_REQUIRE(bot.crier({"post", "in the backup"}).code == 0);
    copy_store(bot.store(), bot.store() + ".backup");

    BOOST_REQUIRE(bot.crier({"resume", "news"}).code == 0);
    BOOST_TEST(eventually([&] { return sandbox.statuses().size() == 2U; }), bot.output());
    BOOST_TEST(bot.crier({"post", "lost", "--wait"}).code == 0);
    BOOST_REQUIRE(bot.stop() == 0);
    copy_store(bot.store() + ".backup", bot.store());
    bot.start();
    BOOST_TEST(bot.crier({"post", "after"}).code == 0);
    BOOST_TEST(state_of_account(bot).starts_with("paused")); // as the backup has it
    const Finished refused = bot.crier({"resume", "account:news"});
    BOOST_TEST(refused.code == 2);
    BOOST_TEST(refused.err.find("--since") != std::string::npos, refused.err);

    const Finished resumed = bot.crier({"resume", "account:news", "--since", "now"});
    BOOST_TEST(resumed.code == 0, resumed.err);
    BOOST_TEST(resumed.out.find("1 post cancelled") != std::string::npos, resumed.out);
    BOOST_TEST(eventually([&] { return bot.count("published") == 2U; }), bot.output());
    const std::vector<std::string> all{"before", "in the backup", "lost", "after"};
    BOOST_TEST(sandbox.timeline() == all, boost::test_tools::per_element());
    BOOST_TEST(bot.count("cancelled") == 1U);
    BOOST_REQUIRE(bot.stop() == 0);
    bot.start();
    BOOST_TEST(bot.crier({"post", "and on", "--wait"}).code == 0);
    BOOST_TEST(sandbox.statuses().size() == 5U);
}

BOOST_AUTO_TEST_CASE(the_whole_store_is_checked_on_command) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, "", ""};
    Finished check = bot.crier({"check", "--store"});
    BOOST_TEST(check.code == 0, check.err);
    BOOST_TEST(check.out.find("there is no store yet") != std::string::npos, check.out);
    bot.start();
    BOOST_REQUIRE(bot.crier({"post", "hello", "--wait"}).code == 0);
    check = bot.crier({"check", "--store"});
    BOOST_TEST(check.code == 0, check.err);
    BOOST_TEST(check.out.find("whole") != std::string::npos, check.out);
    BOOST_REQUIRE(bot.stop() == 0);
    std::filesystem::resize_file(bot.store(), std::filesystem::file_size(bot.store()) - 4096);
    check = bot.crier({"check", "--store"});
    BOOST_TEST(check.code == 1);
    BOOST_TEST(check.err.find("A damaged store") != std::string::npos, check.err);
}

BOOST_AUTO_TEST_SUITE_END()
