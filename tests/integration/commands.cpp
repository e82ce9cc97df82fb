// The commands beside a running daemon and on the store of a stopped one; wrong inputs and exit codes; the
// token.

#include "bot.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>
#include <unistd.h>

using namespace crier::test;
namespace json = boost::json;

namespace {

const char* hourly = "schedule:\n"
                     "  - name: hourly\n"
                     "    account: news\n"
                     "    cron: \"0 * * * *\"\n"
                     "    post: {status: \"It is {{ now | date('%H:%M') }}.\"}\n";

} // namespace

BOOST_AUTO_TEST_SUITE(integration_commands)

BOOST_AUTO_TEST_CASE(reading_commands_answer_the_same_with_and_without_the_daemon) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, hourly};
    bot.start();
    BOOST_TEST(bot.crier({"post", "hello", "--wait"}).code == 0);
    const Finished live = bot.crier({"outbox", "show", "1"});
    const Finished next_live = bot.crier({"next", "-n", "3"});
    BOOST_TEST(live.code == 0);
    BOOST_TEST(live.out.find("published") != std::string::npos);
    BOOST_TEST(next_live.out.find("entry:hourly") != std::string::npos);
    BOOST_TEST(bot.stop() == 0);
    BOOST_TEST(bot.crier({"outbox", "show", "1"}).out == live.out);
    BOOST_TEST(bot.crier({"next", "-n", "3"}).out == next_live.out);
    const Finished status = bot.crier({"status"});
    BOOST_TEST(status.code == 0);
    BOOST_TEST(status.out.find("The daemon is not running") != std::string::npos);
    BOOST_TEST(status.out.find("published 1") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(explain_says_when_an_entry_fires_and_the_next_times_without_daemon_and_store) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox,
            std::string{hourly} +
                "  - name: zone\n"
                "    account: news\n"
                "    cron: \"30 2 * * *\"\n"
                "    timezone: Europe/Berlin\n"
                "    jitter: 5m\n"
                "    quiet: {from: \"02:00\", to: \"04:00\"}\n"
                "    when_quiet: skip\n"
                "    post: {status: x}\n"
                "  - {name: past, account: news, at: 2020-01-01 09:00, post: {status: x}}\n"};
    const Finished text = bot.crier({"explain", "hourly", "-n", "3"});
    BOOST_TEST(text.code == 0, text.err);
    BOOST_TEST(
        text.out.starts_with("It fires every hour, on the hour, by UTC. If it was missed: the latest, up "
                             "to 1 hour late. It posts to news.\n\nFIRES "),
        text.out);
    BOOST_TEST(std::count(text.out.begin(), text.out.end(), '\n') == 6, text.out);
    BOOST_TEST(text.out.find(":00:00 UTC  ") != std::string::npos, text.out);
    const Finished zone = bot.crier({"explain", "zone", "--json"});
    BOOST_TEST(zone.code == 0, zone.err);
    const json::object said = json::parse(zone.out).as_object();
    BOOST_TEST(said.at("entry").as_string() == "zone");
    BOOST_TEST(said.at("zone").as_string() == "Europe/Berlin");
    const std::string words{said.at("words").as_string()};
    BOOST_TEST(
        words.starts_with("It fires at 02:30 every day, by the clock of Europe/Berlin. It leaves up to 5 "
                          "minutes later, each time differently. It does not leave from 02:00 to 04:00; "),
        words);
    BOOST_TEST(words.find(" the clocks go forward from 02:00 to 03:00: 02:30 fires at 03:00.") !=
                   std::string::npos,
               words);
    const json::array& next = said.at("next").as_array();
    BOOST_TEST_REQUIRE(next.size() == 10U);
    for (const json::value& one : next) {
        BOOST_TEST(one.at("nominal").as_string().ends_with(":30:00Z"));
        BOOST_TEST(one.at("due").is_null());
        BOOST_TEST(one.at("leaves").is_null());
        BOOST_TEST(one.at("account").as_string() == "news");
        BOOST_TEST(one.at("note").as_string() == "left out: it falls into quiet hours or a blackout");
    }
    const Finished past = bot.crier({"explain", "past"});
    BOOST_TEST(past.code == 0, past.err);
    BOOST_TEST(past.out.find("\n\nit fires no more\n") != std::string::npos, past.out);
    const Finished unknown = bot.crier({"explain", "hourli"});
    BOOST_TEST(unknown.code == 2);
    BOOST_TEST(unknown.err == "crier: there is no entry named hourli\n    hint: did you mean hourly?\n");
    BOOST_TEST(!std::filesystem::exists(bot.store()));
}

BOOST_AUTO_TEST_CASE(why_answers_the_same_with_and_without_the_daemon_and_an_edit_made_without_it_goes_out) {
    const TempDir directory;
    Sandbox sandbox{directory};
    // A look at the published post would come between the answers, or not.
    Bot bot{directory, sandbox, hourly, "    receipt: false\n"};
    bot.start();
    BOOST_TEST(bot.crier({"post", "hello", "--wait"}).code == 0);
    const std::string address = std::string{bot.outbox().front().at("status_url").as_string()};
    const Finished live = bot.crier({"why", address});
    BOOST_TEST(live.code == 0, live.err);
    BOOST_TEST(live.out.find("attempt 1: published, HTTP 200") != std::string::npos, live.out);
    BOOST_TEST(bot.crier({"why", "hourly"}).out.find("entry hourly") == 0U);
    BOOST_TEST(bot.crier({"post", "helo", "--at", "2099-01-01T00:00:00Z"}).code == 0);
    BOOST_TEST(bot.stop() == 0);
    BOOST_TEST(bot.crier({"why", address}).out == live.out);
    const Finished waits = bot.crier({"why", "2"});
    BOOST_TEST(waits.out.find("no daemon is running") != std::string::npos, waits.out);
    BOOST_TEST(waits.out.find("until 2099-01-01 00:00:00 UTC") != std::string::npos, waits.out);
    const json::object why = json::parse(bot.crier({"why", "news", "--json"}).out).as_object();
    BOOST_TEST(why.at("kind").as_string() == "account");
    BOOST_TEST(bot.crier({"outbox", "edit", "2", "--text", "-"}, "hello again\n").code == 0);
    const Finished moved = bot.crier({"outbox", "reschedule", "2", "now"});
    BOOST_TEST(moved.code == 0, moved.err);
    BOOST_TEST(bot.crier({"outbox", "show", "2"}).out.find("planned for: 2099-01-01 00:00:00 UTC") !=
               std::string::npos);
    bot.start();
    BOOST_TEST(eventually([&] { return sandbox.statuses().size() == 2; }));
    BOOST_TEST(eventually([&] { return bot.count("published") == 2; }));
    const Finished late = bot.crier({"outbox", "reschedule", "2", "2h"});
    BOOST_TEST(late.code == 2);
    BOOST_TEST(late.err.find("it cannot be moved any more") != std::string::npos, late.err);
}

BOOST_AUTO_TEST_CASE(a_post_made_while_the_daemon_is_down_waits_for_it) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, ""};
    const Finished posted = bot.crier({"post", "-", "--key", "k"}, "from standard input\n");
    BOOST_TEST(posted.code == 0, posted.err);
    BOOST_TEST(posted.out == "1\n");
    const Finished again = bot.crier({"post", "from standard input", "--key", "k"});
    BOOST_TEST(again.code == 0, again.err);
    BOOST_TEST(again.out == "1\n");
    // Another text under the same key was meant to be posted, and is not.
    const Finished other = bot.crier({"post", "another", "--key", "k"});
    BOOST_TEST(other.code == 1, other.out);
    BOOST_TEST(other.err.find("the key k is known: post 1 of then, whose text is another") !=
                   std::string::npos,
               other.err);
    bot.start();
    BOOST_TEST(eventually([&] { return sandbox.statuses().size() == 1; }));
    BOOST_TEST(sandbox.timeline()[0] == "from standard input");
}

BOOST_AUTO_TEST_CASE(pause_outlasts_the_daemon_and_works_without_it) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, ""};
    bot.start();
    BOOST_TEST(bot.crier({"pause", "account:news", "--why", "moving house"}).code == 0);
    BOOST_TEST(bot.crier({"post", "hello"}).code == 0);
    BOOST_TEST(bot.crier({"status"}).out.find("moving house") != std::string::npos);
    BOOST_TEST(bot.stop() == 0);
    bot.start();
    BOOST_TEST(bot.crier({"status"}).out.find("paused") != std::string::npos);
    BOOST_TEST(bot.stop() == 0);
    BOOST_TEST(sandbox.statuses().empty());
    BOOST_TEST(bot.crier({"resume", "news"}).code == 0);
    bot.start();
    BOOST_TEST(eventually([&] { return sandbox.statuses().size() == 1; }));
}

BOOST_AUTO_TEST_CASE(wrong_inputs_are_named_and_have_their_exit_codes) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{
        directory, sandbox,
        "sources: {blog: {plugin: feed, url: feed.xml, accounts: [news], post: {status: '{{ title }}'}}}\n",
        "    mode: live\n"
        "  other:\n"
        "    server: http://localhost:1\n"
        "    handle: other\n"
        "    token: {file: other.token}\n"
        "    mode: hold\n"
        "    defaults: {visibility: public, language: en}\n"};
    write_file(directory.file("other.token"), "another-token\n");
    write_file(directory.file("feed.xml"), "<rss version='2.0'><channel><title>t</title></channel></rss>");
    const struct {
        std::vector<std::string> arguments;
        int code;
        std::string says;
    } cases[] = {
        {{"frobnicate"}, 2, "frobnicate"},
        {{"post"}, 2, "text"},
        {{"post", ""}, 2, "nothing to post"},
        {{"post", " \t\n\u00a0"}, 2, "nothing to post"},
        {{"post", "caf\xe9"}, 2, "the text is not UTF-8"},
        {{"post", "x", "--cw", "caf\xe9"}, 2, "--cw is not UTF-8"},
        {{"post", "x", "--key", ""}, 2, "--key is empty"},
        {{"--config", "", "check"}, 2, "--config is empty"},
        {{"--config", "nowhere.yaml", "check"}, 3, "nowhere.yaml"},
        {{"check", "--config", "nowhere.yaml"}, 3, "nowhere.yaml"},
        {{"post", "x", "--account", ""}, 2, "--account is empty"},
        {{"post", "x", "--at", "2020-01-01T00:00:00Z"}, 2, "--at is past"},
        {{"post", "x", "--media", ".", "--alt", "here"}, 2, ". is a folder"},
        {{"post", "x", "--media", "/dev/null", "--alt", "none"}, 2, "is no regular file"},
        {{"post", "x", "--visibility", "secret"}, 2, "public, unlisted, private or direct"},
        {{"post", "x", "--at", "tomorrow"}, 2, "2026-12-24T18:00:00+01:00"},
        {{"post", "x", "--account", "nwes"}, 2, "no account named nwes"},
        {{"post", "x", "--media", "/no/such.png"}, 2, "/no/such.png"},
        {{"post", "x", "--media", "crier.yaml"}, 2, "crier.yaml"},
        {{"post", std::string(501, 'x'), "--account", "news"}, 2, "501 characters, and the server takes 500"},
        {{"outbox", "show", "77"}, 1, "no post 77"},
        {{"outbox", "cancel"}, 2, "say which post"},
        {{"outbox", "show", "abc"}, 2, "abc is no post's number"},
        {{"outbox", "cancel", "1,2"}, 2, "1,2 is no post's number"},
        {{"outbox", "cancel", "all"}, 2, "all is no post's number"},
        {{"outbox", "list", "--account", "nix"}, 2, "no account named nix"},
        {{"outbox", "list", "--state", "lost"}, 2, "`state` must be"},
        {{"outbox", "list", "--since", "yesterday"}, 2, "`since` must be"},
        {{"outbox", "edit", "1"}, 2, "nothing says what is to change"},
        {{"outbox", "edit", "1", "2", "--text", "x"}, 2, "edit is for one post"},
        {{"outbox", "edit", "77", "--text", "x"}, 1, "no post 77"},
        {{"outbox", "edit", "77", "--text", "caf\xe9"}, 2, "the text is not UTF-8"},
        {{"outbox", "hold", "1", "--text", "x"}, 2, "hold changes no text"},
        {{"outbox", "reschedule", "1"}, 2, "crier outbox reschedule ID TIME"},
        {{"outbox", "reschedule", "77", "tomorrow"}, 2, "a time with its zone"},
        {{"outbox", "reschedule", "x", "2h"}, 2, "x is no post's number"},
        {{"why", ""}, 2, "what is empty"},
        {{"why", "othr"}, 1, "did you mean other?"},
        {{"why", "77"}, 1, "no post 77"},
        {{"pause", ""}, 2, "target is empty"},
        {{"pause", "source:nosuch"}, 2, "no source named nosuch"},
        {{"preview", "--source", "nosuch"}, 2, "no source named nosuch"},
        {{"explain", "nosuch"}, 2, "no entry named nosuch"},
        {{"explain", ""}, 2, "entry is empty"},
        {{"items", "/no/such/file.xml"}, 2, "/no/such/file.xml"},
        {{"items", "/no/such/folder/"}, 2, "/no/such/folder/"},
        {{"items", "blog", "--post", ""}, 2, "--post is empty"},
        {{"items", "blog", "--post", "x", "--account", "nix"}, 2, "no account named nix"},
        {{"items", "blog", "--post", "x", "--account", "other"}, 2, "does not post to the account other"},
        {{"check", "--config", "/no/such.yaml"}, 3, "/no/such.yaml"},
        {{"run", "--config", "/no/such.yaml"}, 3, "/no/such.yaml"},
    };
    bot.start();
    for (const bool running : {true, false}) {
        if (!running)
            BOOST_TEST(bot.stop() == 0);
        for (const auto& one : cases) {
            const Finished done = bot.crier(one.arguments);
            BOOST_TEST_CONTEXT((running ? "with" : "without")
                               << " a daemon: crier " << one.arguments[0] << " "
                               << (one.arguments.size() > 1 ? one.arguments[1] : "")) {
                BOOST_TEST(done.code == one.code, done.out << done.err);
                BOOST_TEST((done.out + done.err).find(one.says) != std::string::npos, done.out << done.err);
            }
        }
    }
    BOOST_TEST(bot.outbox().empty());
}

BOOST_AUTO_TEST_CASE(a_schedule_that_wants_more_than_its_limits_let_through_is_warned_of) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox,
            "schedule:\n"
            "  - {name: fast, account: news, every: 15s, post: {status: tick}}\n",
            "    limits: {min_gap: 10m}\n"};
    const auto checked = bot.crier({"check"});
    BOOST_TEST(checked.code == 0);
    for (const char* says :
         {"accounts.news: the schedule wants 5760 posts in 1d",
          "more than the 144 that `min_gap: 10m` leaves room for",
          "accounts.news: the schedule wants 720 posts in 3h", "more than the server's 300 posts in 3h"})
        BOOST_TEST(checked.err.find(says) != std::string::npos, checked.err);
}

BOOST_AUTO_TEST_CASE(input_that_is_no_text_is_refused) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, ""};
    const Finished nul = bot.crier({"post", "-"}, std::string{"a\0b", 3});
    BOOST_TEST(nul.code == 2, nul.out);
    BOOST_TEST(nul.err.find("NUL") != std::string::npos, nul.err);
    BOOST_TEST(bot.crier({"post", "-"}, "\n \n").code == 2);
    BOOST_TEST(!std::filesystem::exists(bot.store()));
}

BOOST_AUTO_TEST_CASE(waiting_prints_the_number_at_once_and_says_why_it_ends) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, ""};
    const Finished alone = bot.crier({"post", "first", "--wait"});
    BOOST_TEST(alone.code == 75, alone.err);
    BOOST_TEST(alone.out == "1\n");
    BOOST_TEST(alone.err.find("post 1 waits in the outbox for the daemon's next start") != std::string::npos,
               alone.err);
    bot.start();
    const Finished sent = bot.crier({"post", "second", "--wait"});
    BOOST_TEST(sent.code == 0, sent.err);
    BOOST_TEST(sent.out.substr(0, 6) == "2\nhttp", sent.out);
    BOOST_TEST(bot.crier({"pause", "news", "--why", "moving house"}).code == 0);
    const Finished paused = bot.crier({"post", "third", "--wait"});
    BOOST_TEST(paused.code == 1, paused.err);
    BOOST_TEST(paused.out == "3\n");
    BOOST_TEST(paused.err.find("the account news is paused: moving house") != std::string::npos, paused.err);
    BOOST_TEST(bot.crier({"outbox", "cancel", "3"}).code == 0);
    BOOST_TEST(bot.crier({"resume", "news"}).code == 0);
    sandbox.fault("POST /api/v1/statuses", "401", 1);
    const Finished refused = bot.crier({"post", "fourth", "--wait"});
    BOOST_TEST(refused.code == 1, refused.err);
    BOOST_TEST(refused.err.find("the account news is held: ") != std::string::npos, refused.err);
}

BOOST_AUTO_TEST_CASE(waiting_for_a_post_that_needs_approval_ends_with_that_reason) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, "", "    mode: hold\n"};
    bot.start();
    const Finished held = bot.crier({"post", "hello", "--wait"});
    BOOST_TEST(held.code == 1, held.err);
    BOOST_TEST(held.out == "1\n");
    BOOST_TEST(held.err.find("post 1 is held: ") != std::string::npos, held.err);
}

BOOST_AUTO_TEST_CASE(a_number_that_standard_output_does_not_take_is_told_on_standard_error) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, ""};
    const auto full = [&](const std::string& command) {
        return run_command({"/bin/sh", "-c", std::string{CRIER} + " " + command + " >/dev/full"},
                           {{"CRIER_CONFIG", bot.config()}}, directory.path());
    };
    const Finished posted = full("post hello");
    BOOST_TEST(posted.code == 1);
    BOOST_TEST(posted.err.find("post 1 is in the outbox") != std::string::npos, posted.err);
    const Finished listed = full("outbox list");
    BOOST_TEST(listed.code == 1);
    BOOST_TEST(listed.err.find("standard output") != std::string::npos, listed.err);
}

BOOST_AUTO_TEST_CASE(a_picture_that_the_daemons_user_cannot_read_is_warned_of) {
    if (::geteuid() != 0)
        return; // only root can start a daemon under another user
    const TempDir directory;
    Sandbox sandbox{directory};
    write_file(directory.file("picture.png"), "\x89PNG\r\n\x1a\n, and no more is looked at here", 0600);
    Bot bot{directory, sandbox, ""};
    bot.start();
    const std::vector<std::string> post{"post",  "look", "--media", directory.file("picture.png"),
                                        "--alt", "x"};
    BOOST_TEST(bot.crier(post).err.find("warning") == std::string::npos);
    BOOST_REQUIRE(::chown(directory.file("crier.sock").c_str(), 65534, 65534) == 0);
    const Finished warned = bot.crier(post);
    BOOST_TEST(warned.code == 0, warned.err);
    BOOST_TEST(warned.err.find("another user") != std::string::npos, warned.err);
}

BOOST_AUTO_TEST_CASE(several_posts_are_acted_on_one_by_one_and_a_cut_list_says_so) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, ""};
    for (const char* text : {"one", "two", "three"})
        BOOST_TEST(bot.crier({"post", text}).code == 0);
    const Finished cut = bot.crier({"outbox", "list", "--limit", "2", "--json"});
    BOOST_TEST(std::count(cut.out.begin(), cut.out.end(), '\n') == 2);
    BOOST_TEST(cut.err.find("more than these 2: --limit 4") != std::string::npos, cut.err);
    BOOST_TEST(bot.crier({"outbox", "list", "--limit", "3"}).err.empty());
    const Finished mixed = bot.crier({"outbox", "cancel", "77", "1", "2"});
    BOOST_TEST(mixed.code == 1);
    BOOST_TEST(mixed.out == "post 1 is now cancelled\npost 2 is now cancelled\n");
    BOOST_TEST(mixed.err.find("no post 77") != std::string::npos, mixed.err);
    // A word among them: nothing is done.
    BOOST_TEST(bot.crier({"outbox", "cancel", "3", "x"}).code == 2);
    BOOST_TEST(bot.count("cancelled") == 2U);
}

BOOST_AUTO_TEST_CASE(a_missing_or_open_token_is_told_at_the_start) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, ""};
    std::filesystem::remove(bot.token_file());
    const Finished missing = bot.crier({"run", "--once"});
    BOOST_TEST(missing.code == 4, missing.out << missing.err);
    BOOST_TEST((missing.out + missing.err).find("news.token") != std::string::npos);
    write_file(bot.token_file(), "secret-token-value-123", 0644);
    const Finished open = bot.crier({"run", "--once"});
    BOOST_TEST(open.code == 4, open.out << open.err);
    BOOST_TEST((open.out + open.err).find("secret-token-value-123") == std::string::npos);
    BOOST_TEST((open.out + open.err).find("chmod") != std::string::npos, open.out << open.err);
}

BOOST_AUTO_TEST_CASE(the_token_shows_nowhere) {
    const TempDir directory;
    const std::string token = "vErY-SeCrEt_token_0123456789abcdef";
    Sandbox sandbox{directory, {"--account", "bot:" + token}};
    Bot bot{directory, sandbox, ""};
    bot.set_token(token);
    bot.start();
    sandbox.fault("POST /api/v1/statuses", "500", 1);
    sandbox.fault("POST /api/v1/statuses", "cut", 1);
    BOOST_TEST(bot.crier({"post", "hello", "--wait"}).code == 0, bot.output());
    // A refused token is told of with its place and never with its text.
    sandbox.fault("POST /api/v1/statuses", "401", 1);
    BOOST_TEST(bot.crier({"post", "another"}).code == 0);
    BOOST_TEST(eventually([&] { return bot.crier({"status"}).out.find("held") != std::string::npos; }));
    const std::string command_line = read_file("/proc/" + std::to_string(bot.pid()) + "/cmdline");
    BOOST_TEST(command_line.find("crier") != std::string::npos);
    BOOST_TEST(command_line.find(token) == std::string::npos);
    std::string seen;
    for (const std::vector<std::string>& command : {std::vector<std::string>{"status"},
                                                    {"status", "--json"},
                                                    {"check", "--online"},
                                                    {"outbox"},
                                                    {"outbox", "show", "1"},
                                                    {"outbox", "show", "2", "--json"},
                                                    {"next"},
                                                    {"preview", "--online"}}) {
        const Finished done = bot.crier(command);
        seen += done.out + done.err;
    }
    BOOST_TEST(seen.find("hello") != std::string::npos);
    BOOST_TEST(seen.find(token) == std::string::npos);
    BOOST_TEST(bot.stop() == 0);
    BOOST_TEST(bot.output().find("published") != std::string::npos);
    BOOST_TEST(bot.output().find(token) == std::string::npos);
    // The store, with its journals and whatever else lies there.
    for (const auto& file : std::filesystem::directory_iterator(directory.path()))
        if (file.is_regular_file() && file.path() != bot.token_file())
            BOOST_TEST(read_file(file.path()).find(token) == std::string::npos, file.path());
}

BOOST_AUTO_TEST_CASE(a_token_that_somebody_pastes_into_a_post_is_not_logged) {
    const TempDir directory;
    const std::string token = "vErY-SeCrEt_token_0123456789abcdef";
    Sandbox sandbox{directory, {"--account", "bot:" + token}};
    Bot bot{directory, sandbox, ""};
    bot.set_token(token);
    bot.start();
    BOOST_TEST(bot.crier({"post", "my token is " + token, "--wait"}).code == 0, bot.output());
    BOOST_TEST(bot.stop() == 0);
    BOOST_TEST(bot.output().find("published") != std::string::npos);
    BOOST_TEST(bot.output().find(token) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_mistake_in_the_file_does_not_take_the_running_daemon_away) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, ""};
    bot.start();
    const std::string good = read_file(directory.file("crier.yaml"));
    write_file(directory.file("crier.yaml"), good + "\ncolour: red\n");
    const Finished status = bot.crier({"status", "--json"});
    BOOST_TEST(status.code == 0, status.err);
    BOOST_TEST(status.out.find("\"running\":true") != std::string::npos);
    BOOST_TEST(status.err.find("colour") != std::string::npos);
    BOOST_TEST(bot.crier({"pause", "account:news"}).code == 0);
    BOOST_TEST(bot.crier({"outbox", "list"}).code == 0);
    BOOST_TEST(bot.crier({"next"}).code == 0);
    (void)bot.stop();
    BOOST_TEST(bot.crier({"status"}).code == 3);
}

BOOST_AUTO_TEST_CASE(what_a_plugin_says_of_its_settings_is_said_by_check_and_before_anything_runs) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox,
            "sources:\n  list:\n    plugin: queue\n    url: ./list.csv\n    format: xls\n    account: news\n"
            "    post: {status: \"{{ title }}\"}\n"};
    for (const std::vector<std::string>& command :
         {std::vector<std::string>{"check"}, {"run", "--once"}, {"items", "list"}}) {
        const Finished done = bot.crier(command);
        BOOST_TEST(done.code == 3, done.out << done.err);
        BOOST_TEST((done.out + done.err).find("sources.list: ") != std::string::npos, done.out << done.err);
        BOOST_TEST((done.out + done.err).find("xls") != std::string::npos, done.out << done.err);
    }
}

BOOST_AUTO_TEST_CASE(init_writes_a_configuration_that_passes_its_own_check) {
    const TempDir directory;
    const auto crier = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), CRIER);
        return run_command(arguments, {}, directory.path());
    };
    const Finished made = crier({"init", "--server", "mastodon.example", "--handle", "@News@mastodon.example",
                                 "--feed", "https://example.org/feed.xml", "--directory", directory.path()});
    BOOST_TEST(made.code == 0, made.err);
    BOOST_TEST(made.out.find("write:statuses") != std::string::npos);
    BOOST_TEST(made.out.find("Your access token") != std::string::npos);
    BOOST_TEST(crier({"check", "--config", directory.file("crier.yaml")}).code == 0);
    // With a feed there is no need for a greeting: it stands there as an example.
    BOOST_TEST(read_file(directory.file("crier.yaml")).find("#       status: \"Good morning") !=
               std::string::npos);
    const TempDir without;
    BOOST_TEST(
        crier({"init", "--server", "mastodon.example", "--handle", "news", "--directory", without.path()})
            .code == 0);
    BOOST_TEST(crier({"preview", "--config", without.file("crier.yaml")}).out.find("Good morning") !=
               std::string::npos);
    const auto mode = std::filesystem::status(directory.file("crier.env")).permissions();
    BOOST_TEST((mode == (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)));
    // The service's user, which is not root, reads the configuration.
    const TempDir etc;
    const Finished service =
        run_command({"/bin/sh", "-c",
                     "umask 077; exec \"$0\" init --systemd --server mastodon.example --handle news "
                     "--directory \"$1\"",
                     CRIER, etc.path()},
                    {}, etc.path());
    BOOST_TEST(service.code == 0, service.err);
    using std::filesystem::perms;
    BOOST_TEST((std::filesystem::status(etc.file("crier.yaml")).permissions() ==
                (perms::owner_read | perms::owner_write | perms::group_read | perms::others_read)));
    BOOST_TEST((std::filesystem::status(etc.file("crier.env")).permissions() ==
                (perms::owner_read | perms::owner_write)));
    // It does not overwrite what is there.
    const Finished again =
        crier({"init", "--server", "mastodon.example", "--handle", "news", "--directory", directory.path()});
    BOOST_TEST(again.code == 2);
    BOOST_TEST(again.err.find("is there already") != std::string::npos);
    // With --force the configuration is new, and the file with the token is not.
    write_file(directory.file("crier.env"), "MASTODON_ACCESS_TOKEN=secret\n");
    const Finished forced = crier({"init", "--force", "--server", "mastodon.example", "--handle", "weather",
                                   "--directory", directory.path()});
    BOOST_TEST(forced.code == 0, forced.err);
    BOOST_TEST(forced.out.find("kept " + directory.file("crier.env")) != std::string::npos, forced.out);
    BOOST_TEST(read_file(directory.file("crier.env")) == "MASTODON_ACCESS_TOKEN=secret\n");
    BOOST_TEST(read_file(directory.file("crier.yaml")).find("weather") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(init_refuses_with_a_reason_and_writes_nothing) {
    const TempDir directory;
    const TempDir into;
    const struct {
        std::vector<std::string> arguments;
        int code;
        std::string says;
    } cases[] = {
        {{"--server", "https://", "--handle", "news"}, 2, "has no host"},
        {{"--server", "https://me:hunter2@mastodon.example", "--handle", "news"}, 2, "user name or password"},
        {{"--server", "mastodon.example", "--handle", "n ews"}, 2, "no account's name"},
        {{"--server", "mastodon.example", "--handle", "@news@other.example"},
         2,
         "the handle is of other.example"},
        {{"--server", "m.example", "--handle", "news", "--feed", "feed.xml"}, 2, "begins with https://"},
        {{"--server", "m.example", "--handle", "news", "--config", "/no/such/x.yaml"},
         1,
         "mkdir -p /no/such"},
        {{"--handle", "news"}, 2, "needs a server and a handle"},
    };
    for (const auto& one : cases) {
        std::vector<std::string> command{CRIER, "init"};
        command.insert(command.end(), one.arguments.begin(), one.arguments.end());
        if (command[command.size() - 2] != "--config")
            command.insert(command.end(), {"--directory", into.path()});
        const Finished done = run_command(command, {}, directory.path());
        BOOST_TEST_CONTEXT(one.says) {
            BOOST_TEST(done.code == one.code, done.out << done.err);
            BOOST_TEST(done.err.find(one.says) != std::string::npos, done.err);
            BOOST_TEST(done.err.find("hunter2") == std::string::npos);
        }
    }
    // As on a full disk: no byte can be written.
    const Finished full =
        run_command({"/bin/sh", "-c",
                     "trap '' XFSZ; ulimit -f 0; exec \"$0\" init --server mastodon.example "
                     "--handle news --directory \"$1\"",
                     CRIER, into.path()},
                    {}, directory.path());
    BOOST_TEST(full.code == 75);
    BOOST_TEST(std::filesystem::is_empty(into.path()));
}

BOOST_AUTO_TEST_CASE(init_asks_through_a_pipe_and_takes_odd_names) {
    const TempDir directory;
    const auto init = [&](std::vector<std::string> arguments, const std::string& input) {
        arguments.insert(arguments.begin(), {CRIER, "init"});
        return run_command(arguments, {}, directory.path(), input);
    };
    const Finished asked = init({"--offline", "--directory", directory.path()}, "mastodon.example\nnews\n\n");
    BOOST_TEST(asked.code == 0, asked.err);
    BOOST_TEST(asked.out.find("Server of the account") != std::string::npos);
    BOOST_TEST(read_file(directory.file("crier.yaml")).find("https://mastodon.example") != std::string::npos);
    int number = 0;
    for (const char* handle : {"null", "TRUE", "yes", "no", "007", "-", "a.b", "@news@mastodon.example",
                               "https://mastodon.example/@news"}) {
        const std::string file = directory.file("odd" + std::to_string(++number) + ".yaml");
        const Finished made = init({"--server", "mastodon.example", "--handle", handle, "--feed",
                                    "https://example.org/feed.xml", "--config", file},
                                   {});
        BOOST_TEST(made.code == 0, handle << ": " << made.err);
        const Finished checked = run_command({CRIER, "check", "--config", file}, {}, directory.path());
        BOOST_TEST(checked.code == 0, handle << ": " << checked.err);
    }
}

BOOST_AUTO_TEST_SUITE_END()
