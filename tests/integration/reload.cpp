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

/// Two folders of posts for one account; a third one, entries and limits come and go.
std::string configuration(const Sandbox& sandbox, int round) {
    const std::string number = std::to_string(round);
    std::string yaml = "version: 1\n"
                       "accounts:\n"
                       "  news:\n"
                       "    server: " +
                       sandbox.url() +
                       "\n"
                       "    handle: bot\n"
                       "    token: {file: news.token}\n"
                       "    defaults: {visibility: public, language: en}\n"
                       "    delivery: {timeout: 2s, quiet: 300ms, look: 300ms, retry_first: 50ms, "
                       "retry_most: 1s}\n";
    if (round % 3 == 0)
        yaml += "    limits: {per_day: " + std::to_string(100'000 + round) + "}\n";
    if (round % 4 == 1)
        yaml += "  second:\n"
                "    server: " +
                sandbox.url() +
                "\n"
                "    token: {file: news.token}\n"
                "    defaults: {visibility: public}\n";
    yaml += "store: crier.db\n"
            "admin: {socket: crier.sock}\n"
            "fuse: off\n"
            "log: {format: plain, level: debug}\n"
            "sources:\n"
            "  steady: {plugin: directory, path: steady, account: news, post: {status: \"{{ content }}\"}}\n"
            "  changing: {plugin: directory, path: changing, poll: " +
            std::to_string(5 + round % 7) + "m, account: news, post: {status: \"{{ content }}\"}}\n";
    if (round % 2 == 1)
        yaml += "  other: {plugin: directory, path: other, account: news, post: {status: x}}\n";
    yaml += "schedule:\n"
            "  - {name: yearly-" +
            number + ", account: news, cron: \"0 0 1 1 *\", post: {status: \"round " + number + "\"}}\n";
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
    Sandbox sandbox{directory};
    sandbox.control("PUT", "/sandbox/settings", {{"rate_limits", false}});
    for (const char* folder : {"steady", "changing", "other"})
        fs::create_directory(directory.file(folder));
    Bot bot{directory, sandbox, ""};
    write_file(bot.config(), configuration(sandbox, 0));
    bot.start();
    const pid_t pid = bot.pid();
    std::size_t answered = 0;
    for (int round = 1; round <= reloads; ++round) {
        for (int i = 0; i < posts_each; ++i)
            drop(directory, i % 2 == 0 ? "steady" : "changing",
                 "post " + std::to_string(round) + "-" + std::to_string(i));
        if (round % 40 == 0)
            sandbox.fault("POST /api/v1/statuses", "500", 1, {{"effect", "after"}});
        if (round % 50 == 0)
            sandbox.fault("POST /api/v1/statuses", "slow", 1, {{"wait", 1}});
        write_file(bot.config(), configuration(sandbox, round));
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
    BOOST_TEST(eventually(all_published, std::chrono::seconds{60}), bot.crier({"status"}).out << bot.output().substr(0, 20000));
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
