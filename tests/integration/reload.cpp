// Configurations that are taken up by the real daemon while it delivers: none lost, none doubled.

#include "bot.hpp"

#include <boost/test/unit_test.hpp>

#include <csignal>
#include <filesystem>
#include <map>

using namespace crier::test;
namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

constexpr int reloads = 200;
constexpr int posts_each = 10;

/// A server takes 300 posts of one account in three hours.
constexpr int accounts = 8;

std::string name_of(int account) {
    return "bot" + std::to_string(account);
}

std::vector<std::string> all_accounts() {
    std::vector<std::string> arguments;
    for (int i = 0; i < accounts; ++i) {
        arguments.emplace_back("--account");
        arguments.push_back(name_of(i) + ":token-of-" + name_of(i));
    }
    return arguments;
}

/// A folder of posts for each account. With each round every second folder's source says something else,
/// limits, another account, another source and an entry come and go, and now and then nothing of it can be
/// read.
std::string configuration(const TempDir& directory, const Sandbox& sandbox, int round) {
    const std::string number = std::to_string(round);
    const std::string server = "    server: " + sandbox.url() + "\n";
    std::string yaml = "version: 1\n"
                       "store: crier.db\n"
                       "admin: {socket: crier.sock}\n"
                       "fuse: off\n"
                       "log: {format: plain, level: debug}\n"
                       "defaults: {visibility: public}\n"
                       "accounts:\n";
    for (int i = 0; i < accounts; ++i) {
        yaml +=
            "  " + name_of(i) + ":\n" + server + "    handle: " + name_of(i) +
            "\n    token: {file: " + directory.file(name_of(i) + ".token") +
            "}\n    delivery: {timeout: 2s, quiet: 300ms, look: 300ms, retry_first: 50ms, retry_most: 1s}\n";
        if ((round + i) % 3 == 0)
            yaml += "    limits: {per_day: " + std::to_string(100'000 + round) + "}\n";
    }
    if (round % 4 == 1)
        yaml += "  visitor:\n" + server + "    token: {file: " + directory.file("news.token") + "}\n";
    yaml += "sources:\n";
    for (int i = 0; i < accounts; ++i) {
        const std::string poll = i % 2 == 0 ? "5m" : std::to_string(5 + round % 7) + "m";
        yaml += "  " + name_of(i) + ": {plugin: directory, path: " + name_of(i) + ", poll: " + poll +
                ", account: " + name_of(i) + ", post: {status: \"{{ content }}\"}}\n";
    }
    if (round % 2 == 1)
        yaml += "  other: {plugin: directory, path: other, account: bot0, post: {status: x}}\n";
    yaml += "schedule:\n"
            "  - {name: yearly-" +
            number + ", account: bot0, cron: \"0 0 1 1 *\", post: {status: \"round " + number + "\"}}\n";
    if (round % 10 == 9)
        yaml += "unheard_of_" + number + ": [\n"; // the log only counts what it has said ten times
    return yaml;
}

std::size_t count_of(const std::string& text, const std::string& word) {
    std::size_t count = 0;
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + word.size()))
        ++count;
    return count;
}

/// Put there whole, as the documents say that files are.
void drop(const TempDir& directory, const std::string& folder, const std::string& text) {
    const std::string name = text.substr(text.find(' ') + 1);
    write_file(directory.file("." + name), text + "\n");
    fs::rename(directory.file("." + name), directory.file(folder + "/" + name + ".txt"));
}

} // namespace

BOOST_AUTO_TEST_SUITE(integration_reload)

BOOST_AUTO_TEST_CASE(two_hundred_reloads_while_two_thousand_posts_are_delivered) {
    const TempDir directory;
    Sandbox sandbox{directory, all_accounts()};
    sandbox.control("PUT", "/sandbox/settings", {{"rate_limits", false}});
    fs::create_directory(directory.file("other"));
    for (int i = 0; i < accounts; ++i) {
        fs::create_directory(directory.file(name_of(i)));
        write_file(directory.file(name_of(i) + ".token"), "token-of-" + name_of(i) + "\n");
    }
    Bot bot{directory, sandbox, ""};
    write_file(bot.config(), configuration(directory, sandbox, 0));
    bot.start();
    const pid_t pid = bot.pid();
    std::size_t answered = 0;
    for (int round = 1; round <= reloads; ++round) {
        for (int i = 0; i < posts_each; ++i)
            drop(directory, name_of((round * posts_each + i) % accounts),
                 "post " + std::to_string(round) + "-" + std::to_string(i));
        if (round % 40 == 0)
            sandbox.fault("POST /api/v1/statuses", "500", 1, {{"effect", "after"}});
        if (round % 50 == 0)
            sandbox.fault("POST /api/v1/statuses", "slow", 1, {{"wait", 1}});
        write_file(bot.config(), configuration(directory, sandbox, round));
        BOOST_REQUIRE(::kill(pid, SIGHUP) == 0);
        BOOST_REQUIRE_MESSAGE(
            eventually([&] {
                const std::string output = bot.output();
                return count_of(output, "reload.done") + count_of(output, "reload.problem") > answered;
            }),
            bot.output());
        ++answered;
    }
    const auto all_published = [&] { return sandbox.statuses().size() >= reloads * posts_each; };
    BOOST_TEST(eventually(all_published, std::chrono::seconds{60}));
    BOOST_TEST(bot.running());
    BOOST_TEST(bot.stop() == 0);

    std::map<std::string, int> times;
    for (const std::string& text : sandbox.timeline())
        ++times[text];
    std::size_t doubled = 0;
    std::size_t lost = 0;
    for (const auto& [text, count] : times)
        doubled += count > 1 ? 1U : 0U;
    for (int round = 1; round <= reloads; ++round)
        for (int i = 0; i < posts_each; ++i)
            lost += times.count("post " + std::to_string(round) + "-" + std::to_string(i)) == 0 ? 1U : 0U;
    BOOST_TEST(doubled == 0U);
    BOOST_TEST(lost == 0U);
    BOOST_TEST(times.size() == static_cast<std::size_t>(reloads * posts_each));
    const std::string output = bot.output();
    BOOST_TEST(count_of(output, "reload.problem") == 20U);
    BOOST_TEST(count_of(output, "reload.done") == 180U);
    BOOST_TEST_MESSAGE(std::to_string(times.size()) + " posts over " + std::to_string(answered) +
                       " reloads: " + std::to_string(lost) + " lost, " + std::to_string(doubled) +
                       " doubled");
}

BOOST_AUTO_TEST_CASE(a_wrong_file_leaves_the_one_before_and_says_what_is_wrong) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, ""};
    bot.start();
    const std::string good = read_file(bot.config());
    write_file(bot.config(), good + "schedule:\n  - {name: x, account: nobody, cron: \"* * * * *\"}\n");
    BOOST_REQUIRE(::kill(bot.pid(), SIGHUP) == 0);
    BOOST_TEST(eventually([&] { return bot.output().find("reload.refused") != std::string::npos; }));
    BOOST_TEST(bot.output().find("reload.problem") != std::string::npos, bot.output());
    BOOST_TEST(bot.output().find("crier.yaml:") != std::string::npos, bot.output());
    BOOST_TEST(bot.crier({"status"}).out.find("news") != std::string::npos);

    write_file(bot.config(), good + "alerts: {command: [/bin/true]}\nlog: {format: json}\n");
    // `log` stands there twice by that.
    BOOST_REQUIRE(::kill(bot.pid(), SIGHUP) == 0);
    BOOST_TEST(eventually([&] { return count_of(bot.output(), "reload.refused") == 2; }));

    std::string other = good;
    other.replace(other.find("crier.sock"), 10, "other.sock");
    write_file(bot.config(), other);
    BOOST_REQUIRE(::kill(bot.pid(), SIGHUP) == 0);
    BOOST_TEST(eventually([&] { return bot.output().find("reload.restart_needed") != std::string::npos; }));
    BOOST_TEST(bot.output().find("admin.socket") != std::string::npos);
    BOOST_TEST(fs::exists(directory.file("crier.sock")));
    BOOST_TEST(bot.stop() == 0);
}

BOOST_AUTO_TEST_SUITE_END()
