// Moving to crier, away from it, and to another machine: nothing old is posted, what is newer is.

#include "bot.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <set>
#include <sys/wait.h>
#include <unistd.h>

using namespace crier::test;
namespace json = boost::json;
namespace fs = std::filesystem;

namespace {

std::vector<json::object> json_lines(const std::string& text) {
    std::vector<json::object> lines;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text.find('\n', at);
        lines.push_back(json::parse(text.substr(at, end - at)).as_object());
        at = end + 1;
    }
    return lines;
}

std::string plain_feed(const Sandbox& sandbox, const std::string& first_run) {
    return blog_of(sandbox, "    first_run: {publish: " + first_run +
                                "}\n    post: {status: \"{{ title }} {{ link }}\"}\nfuse: off\n");
}

void feed_gets(Sandbox& sandbox, const std::string& title) {
    json::object item;
    item["title"] = title;
    item["link"] = "https://example.org/" + title;
    (void)sandbox.control("POST", "/sandbox/feed", item);
}

/// The ids of the feed, newest first, by crier's own reading.
std::vector<json::object> feed_items(const Sandbox& sandbox, const TempDir& directory) {
    const Finished read = run_command({CRIER, "items", sandbox.url() + "/feed.xml"}, {}, directory.path());
    BOOST_REQUIRE_MESSAGE(read.code == 0, read.err);
    return json_lines(read.out);
}

/// A configuration of feed2toot 0.17 as its documentation has it, with the token's file and the cache that it
/// left: an id on each line, the newest last.
struct Feed2toot {
    Feed2toot(const TempDir& directory, const Sandbox& sandbox, const std::string& cache)
        : ini(directory.file("feed2toot.ini")) {
        write_file(directory.file("usercred.txt"), std::string{sandbox_token} + "\n" + sandbox.url() + "\n");
        write_file(directory.file("feed2toot.db"), cache);
        write_file(ini, "[mastodon]\n"
                        "instance_url=" +
                            sandbox.url() +
                            "\n"
                            "user_credentials=" +
                            directory.file("usercred.txt") +
                            "\n"
                            "client_credentials=clientcred.txt\n"
                            "; Default visibility is public\n"
                            "toot_visibility=unlisted\n"
                            "\n"
                            "[cache]\n"
                            "cachefile=feed2toot.db\n"
                            "cache_limit=10000\n"
                            "\n"
                            "[lock]\n"
                            "lock_file=/var/lock/feed2toot.lock\n"
                            "\n"
                            "[rss]\n"
                            "uri=" +
                            sandbox.url() +
                            "/feed.xml\n"
                            "toot={title} {link}\\nby feed2toot\n"
                            "\n"
                            "[hashtaglist]\n"
                            "no_tags_in_toot=true\n");
    }
    std::string ini;
};

/// The number of a process that is no more.
pid_t ended_process() {
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(0);
    (void)::waitpid(child, nullptr, 0);
    return child;
}

/// Waiting times as for the other tests.
void hasten(const std::string& config) {
    std::string yaml = read_file(config);
    yaml.replace(yaml.find("    poll: 15m\n"), 14, "    poll: 1s\n");
    write_file(config, yaml);
}

} // namespace

BOOST_AUTO_TEST_SUITE(integration_moving)

BOOST_AUTO_TEST_CASE(from_feed2toot_nothing_old_is_posted_and_what_is_newer_is) {
    const TempDir directory;
    const TempDir place;
    Sandbox sandbox{directory, {"--feed-items", "15"}};
    const std::vector<json::object> items = feed_items(sandbox, directory);
    BOOST_REQUIRE(items.size() == 15U);
    // It looks at the ten newest, and has not seen the last two yet.
    std::string cache = "tag:elsewhere.example,2020:gone\n";
    for (std::size_t i = 9; i >= 2; --i)
        cache += std::string{items[i].at("id").as_string()} + "\n";
    const Feed2toot old{directory, sandbox, cache};
    const std::string config = place.file("crier.yaml");
    const std::string token = place.file("news.token");

    const Finished printed = run_command({CRIER, "import", "--from", "feed2toot", old.ini}, {}, place.path());
    BOOST_TEST(printed.code == 0, printed.err);
    BOOST_TEST(printed.out.find("visibility: unlisted") != std::string::npos, printed.out);
    BOOST_TEST(printed.out.find("{{ title }} {{ link }}\\nby feed2toot") != std::string::npos, printed.out);
    BOOST_TEST((printed.out + printed.err).find(sandbox_token) == std::string::npos);
    BOOST_TEST(!fs::exists(config));
    BOOST_TEST(!fs::exists(place.file("crier.db")));

    const Finished moved = run_command({CRIER, "import", "--from", "feed2toot", old.ini, "-o", config,
                                        "--token-file", token, "--handle", "bot", "--json"},
                                       {}, place.path());
    BOOST_TEST_REQUIRE(moved.code == 0, moved.err);
    const json::object said = json::parse(moved.out).as_object();
    const json::object& source = said.at("sources").as_array().at(0).as_object();
    BOOST_TEST(source.at("posted").as_int64() == 8);
    BOOST_TEST(source.at("old").as_int64() == 5); // below what it looks at
    BOOST_TEST(source.at("left").as_array().size() == 2U);
    BOOST_TEST(read_file(config).find(sandbox_token) == std::string::npos);
    BOOST_TEST(read_file(token) == std::string{sandbox_token} + "\n");
    BOOST_TEST(((fs::status(token).permissions() & fs::perms::all) ==
                (fs::perms::owner_read | fs::perms::owner_write)));
    const Finished again =
        run_command({CRIER, "import", "--from", "feed2toot", old.ini, "-o", config}, {}, place.path());
    BOOST_TEST(again.code == 2);
    BOOST_TEST(again.err.find("is there already") != std::string::npos, again.err);
    // To mark once more does no harm.
    const Finished twice =
        run_command({CRIER, "import", "--from", "feed2toot", old.ini, "--config", config}, {}, place.path());
    BOOST_TEST(twice.code == 0, twice.err);

    hasten(config);
    BOOST_TEST(run_command({CRIER, "check", "--config", config}, {}, place.path()).code == 0);
    Process daemon{{CRIER, "run", "--config", config}, {}, place.file("daemon.out")};
    BOOST_TEST_REQUIRE(eventually([&] { return sandbox.statuses().size() == 2U; }), daemon.output());
    feed_gets(sandbox, "newest");
    BOOST_TEST_REQUIRE(eventually([&] { return sandbox.statuses().size() == 3U; }), daemon.output());
    const std::size_t looks = sandbox.requests("GET /feed.xml").size();
    BOOST_TEST(eventually([&] { return sandbox.requests("GET /feed.xml").size() > looks + 2; }));
    const json::array statuses = sandbox.statuses();
    BOOST_REQUIRE(statuses.size() == 3U);
    BOOST_TEST(statuses[2].at("text").as_string() == "newest https://example.org/newest\nby feed2toot");
    BOOST_TEST(statuses[0].at("visibility").as_string() == "unlisted");
    const std::string first{statuses[0].at("text").as_string()};
    BOOST_TEST(first.find(std::string{items[1].at("title").as_string()}) == 0U, first);
    daemon.signal(15);
    BOOST_TEST(daemon.wait() == 0);
}

BOOST_AUTO_TEST_CASE(from_feediverse_all_until_its_last_run_is_posted) {
    const TempDir directory;
    const TempDir place;
    Sandbox sandbox{directory, {"--feed-items", "6"}};
    const std::vector<json::object> items = feed_items(sandbox, directory);
    write_file(
        place.file("feediverse"),
        "access_token: sesame\nclient_id: a\nclient_secret: b\nfeeds:\n- template: '{title} {url}'\n  url: " +
            sandbox.url() + "/feed.xml\nname: feediverse\nupdated: '" +
            std::string{items[2].at("published").as_string()} + "'\nurl: " + sandbox.url() + "\n");
    const std::string config = place.file("crier.yaml");
    const Finished dry = run_command(
        {CRIER, "import", "--from", "feediverse", place.file("feediverse"), "-o", config, "--dry-run"}, {},
        place.path());
    BOOST_TEST(dry.code == 0, dry.err);
    BOOST_TEST(dry.out.find("a rehearsal") != std::string::npos, dry.out);
    BOOST_TEST(!fs::exists(config));
    BOOST_TEST(!fs::exists(place.file("crier.db")));
    const Finished moved = run_command(
        {CRIER, "import", "--from", "feediverse", place.file("feediverse"), "-o", config}, {}, place.path());
    BOOST_TEST_REQUIRE(moved.code == 0, moved.err);
    BOOST_TEST(moved.out.find("4 items posted by feediverse") != std::string::npos, moved.out);
    BOOST_TEST(moved.out.find(std::string{items[0].at("title").as_string()}) != std::string::npos, moved.out);
    BOOST_TEST((moved.out + moved.err + read_file(config)).find("sesame") == std::string::npos);
    hasten(config);
    const Finished ran = run_command({CRIER, "run", "--once", "--config", config},
                                     {{"MASTODON_ACCESS_TOKEN", sandbox_token}}, place.path());
    BOOST_TEST(ran.code == 0, ran.out << ran.err);
    BOOST_TEST(sandbox.statuses().size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_feed_out_of_reach_is_not_marked_and_posts_nothing_old) {
    const TempDir directory;
    const TempDir place;
    Sandbox sandbox{directory};
    const Feed2toot old{directory, sandbox, "an-id\n"};
    sandbox.fault("GET /feed.xml", "500", 1);
    const std::string config = place.file("crier.yaml");
    const Finished moved =
        run_command({CRIER, "import", "--from", "feed2toot", old.ini, "-o", config}, {}, place.path());
    BOOST_TEST(moved.code == 5, moved.out << moved.err);
    BOOST_TEST(moved.err.find("is not marked") != std::string::npos, moved.err);
    const Finished ran = run_command({CRIER, "run", "--once", "--config", config},
                                     {{"MASTODON_ACCESS_TOKEN", sandbox_token}}, place.path());
    BOOST_TEST(ran.code == 0, ran.out << ran.err);
    BOOST_TEST(sandbox.statuses().empty());
}

BOOST_AUTO_TEST_CASE(an_export_beside_the_daemon_tells_whether_it_is_whole) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, plain_feed(sandbox, "2")};
    bot.start();
    BOOST_TEST_REQUIRE(eventually([&] { return bot.count("published") == 2U; }), bot.output());
    const Finished exported = bot.crier({"export"});
    BOOST_TEST_REQUIRE(exported.code == 0, exported.err);
    const std::vector<json::object> lines = json_lines(exported.out);
    BOOST_REQUIRE(lines.size() > 4U);
    BOOST_TEST(lines.front().at("crier").as_string() == "export");
    BOOST_TEST(lines.front().at("version").as_int64() == 1);
    BOOST_TEST(lines.back().at("crier").as_string() == "end");
    BOOST_TEST(lines.back().at("lines").as_int64() == static_cast<std::int64_t>(lines.size()) - 2);
    std::set<std::string> kinds;
    for (std::size_t i = 1; i + 1 < lines.size(); ++i)
        kinds.emplace(lines[i].at("kind").as_string());
    for (const char* kind : {"account", "source", "source_account", "origin", "seen", "post"})
        BOOST_TEST(kinds.count(kind) == 1U, kind);
    BOOST_TEST(exported.out.find(sandbox_token) == std::string::npos);
    const Finished seen = bot.crier({"export", "--what", "seen"});
    BOOST_TEST(seen.out.find("\"kind\":\"post\"") == std::string::npos);
    BOOST_TEST(seen.out.find("\"kind\":\"seen\"") != std::string::npos);
    // Into a file, once.
    const std::string file = directory.file("out.jsonl");
    BOOST_TEST(bot.crier({"export", "-o", file}).code == 0);
    BOOST_TEST(bot.crier({"export", "-o", file}).err.find("is there already") != std::string::npos);
    BOOST_TEST(bot.crier({"export", "-o", file, "--force"}).code == 0);
    BOOST_TEST(((fs::status(file).permissions() & fs::perms::all) ==
                (fs::perms::owner_read | fs::perms::owner_write)));

    // Not into the store of a daemon that runs; and nothing of a file that is cut.
    const Finished running = bot.crier({"import", file});
    BOOST_TEST(running.code != 0);
    BOOST_TEST(running.err.find("stop the daemon") != std::string::npos, running.err);
    BOOST_TEST(bot.stop() == 0);
    const std::string whole = read_file(file);
    write_file(file, whole.substr(0, whole.size() / 2));
    const Finished cut = bot.crier({"import", file});
    BOOST_TEST(cut.code == 1);
    BOOST_TEST(cut.err.find("no whole export") != std::string::npos, cut.err);
    const Finished piped = bot.crier({"import", "-"}, whole.substr(0, whole.rfind("{\"crier\"")));
    BOOST_TEST(piped.code == 1);
    BOOST_TEST(piped.err.find("cut off") != std::string::npos, piped.err);
}

BOOST_AUTO_TEST_CASE(an_import_into_a_second_daemon_while_the_first_runs_doubles_nothing) {
    const TempDir directory;
    const TempDir other;
    Sandbox sandbox{directory, {"--feed-items", "4"}};
    Bot first{directory, sandbox, plain_feed(sandbox, "2")};
    first.start();
    BOOST_TEST_REQUIRE(eventually([&] { return first.count("published") == 2U; }), first.output());
    BOOST_REQUIRE(first.crier({"pause", "account:news"}).code == 0);
    BOOST_REQUIRE(first.crier({"post", "waits"}).code == 0);
    const std::string file = directory.file("out.jsonl");
    BOOST_REQUIRE(first.crier({"export", "-o", file}).code == 0);
    BOOST_REQUIRE(first.crier({"resume", "account:news"}).code == 0);
    BOOST_TEST_REQUIRE(eventually([&] { return sandbox.statuses().size() == 3U; }), first.output());

    Bot second{other, sandbox, plain_feed(sandbox, "2")};
    const Finished rehearsed = second.crier({"import", file, "--dry-run"});
    BOOST_TEST(rehearsed.code == 0, rehearsed.err);
    BOOST_TEST(!fs::exists(second.store()));
    const Finished imported = second.crier({"import", file});
    BOOST_TEST_REQUIRE(imported.code == 0, imported.err);
    BOOST_TEST(imported.out.find("3 posts taken in, 0 known before") != std::string::npos, imported.out);
    BOOST_TEST(imported.out.find("crier resume account:news --since") != std::string::npos, imported.out);
    const Finished repeated = second.crier({"import", file});
    BOOST_TEST(repeated.out.find("0 posts taken in, 3 known before") != std::string::npos, repeated.out);

    second.start();
    feed_gets(sandbox, "for-the-first");
    BOOST_TEST_REQUIRE(eventually([&] { return sandbox.statuses().size() == 4U; }), first.output());
    BOOST_TEST(first.stop() == 0);
    BOOST_TEST(sandbox.statuses().size() == 4U);
    // A person says until when the first one posted; what comes later is the second one's.
    BOOST_TEST(second.crier({"resume", "account:news"}).code == 2);
    BOOST_REQUIRE(second.crier({"resume", "account:news", "--since", "now"}).code == 0);
    BOOST_REQUIRE(second.crier({"resume", "account:news"}).code == 0); // it was paused in the export
    // A feed dates to the second: what is of the same second as the resume counts as posted.
    const auto resumed = std::chrono::system_clock::now();
    BOOST_REQUIRE(eventually([&] {
        using std::chrono::floor;
        using std::chrono::seconds;
        return floor<seconds>(std::chrono::system_clock::now()) > floor<seconds>(resumed);
    }));
    feed_gets(sandbox, "for-the-second");
    BOOST_TEST_REQUIRE(eventually([&] { return sandbox.statuses().size() == 5U; }), second.output());
    BOOST_TEST(sandbox.timeline().back().find("for-the-second") == 0U);
    BOOST_TEST(second.crier({"duplicates"}).code == 0);
}

BOOST_AUTO_TEST_CASE(a_post_whose_status_is_known_is_named_and_takes_nothing_else_along) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, ""};
    bot.start();
    BOOST_REQUIRE(bot.crier({"post", "one", "--wait"}).code == 0);
    BOOST_REQUIRE(bot.stop() == 0);
    const Finished exported = bot.crier({"export"});
    std::string lines;
    for (json::object line : json_lines(exported.out)) {
        if (line.contains("crier"))
            continue;
        if (line.at("kind").as_string() == "post") // the same status under another key
            line["key"] = std::string(64, 'a');
        lines += json::serialize(line) + "\n";
    }
    lines += R"({"kind":"seen","source":"blog","account":"news","item":")" + std::string(64, 'b') +
             R"(","verdict":"posted","seen":"2026-11-24T12:00:00Z"})" + "\n";
    const auto count = std::count(lines.begin(), lines.end(), '\n');
    const std::string file = directory.file("other.jsonl");
    write_file(file, exported.out.substr(0, exported.out.find('\n') + 1) + lines +
                         R"({"crier":"end","lines":)" + std::to_string(count) + "}\n");
    for (int i = 0; i < 2; ++i) { // a repeat comes as far
        const Finished imported = bot.crier({"import", file});
        BOOST_TEST(imported.code == 1);
        BOOST_TEST(imported.err.find(file + ":") != std::string::npos, imported.err);
        BOOST_TEST(imported.err.find("post 1 is not taken in: its status ") != std::string::npos,
                   imported.err);
        BOOST_TEST(imported.err.find("is post 1's in this store") != std::string::npos, imported.err);
        BOOST_TEST(imported.err.find("fault of crier") == std::string::npos, imported.err);
        BOOST_TEST(imported.out.find("1 refused; 1 item seen") != std::string::npos, imported.out);
    }
    BOOST_TEST(bot.crier({"export"}).out.find(std::string(64, 'b')) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_line_that_does_not_read_is_named_with_what_to_do) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, ""};
    const std::string header = R"({"crier":"export","version":1,"made":"2026-11-24T12:00:00Z"})"
                               "\n";
    for (const std::string bad : {R"({"kind":"seen","account":"news"})", "no JSON"}) {
        write_file(directory.file("bad.jsonl"), header + bad + "\n" + R"({"crier":"end","lines":1})" + "\n");
        const Finished imported = bot.crier({"import", directory.file("bad.jsonl")});
        BOOST_TEST(imported.code == 1, imported.err);
        BOOST_TEST(imported.err.find("bad.jsonl:2: ") != std::string::npos, imported.err);
        BOOST_TEST(imported.err.find("hint: the file was changed since it was written") != std::string::npos,
                   imported.err);
    }
    const Finished none = bot.crier({"import", directory.file("none.jsonl")});
    BOOST_TEST(none.code == 1);
    BOOST_TEST(none.err.find("none.jsonl: No such file or directory\n    hint: ") != std::string::npos,
               none.err);
}

BOOST_AUTO_TEST_CASE(a_configuration_and_its_token_are_written_both_or_neither) {
    const TempDir directory;
    const TempDir place;
    Sandbox sandbox{directory};
    const Feed2toot old{directory, sandbox, "an-id\n"};
    const std::string config = place.file("crier.yaml");
    const auto import = [&](const std::string& token) {
        return run_command(
            {CRIER, "import", "--from", "feed2toot", old.ini, "-o", config, "--token-file", token}, {},
            place.path());
    };
    const Finished failed = import(place.file("secrets/news.token"));
    BOOST_TEST(failed.code == 1, failed.err);
    BOOST_TEST(failed.err.find("mkdir -p " + place.file("secrets/")) != std::string::npos, failed.err);
    for (const auto& entry :
         fs::directory_iterator{place.path()}) // no configuration, no store, nothing beside
        BOOST_TEST(entry.path().filename().string().find("crier") == std::string::npos, entry.path());
    fs::create_directory(place.file("secrets"));
    const Finished repeated = import(place.file("secrets/news.token"));
    BOOST_TEST(repeated.code == 0, repeated.err);
    BOOST_TEST(fs::exists(config));
    BOOST_TEST(fs::exists(place.file("secrets/news.token")));
}

BOOST_AUTO_TEST_CASE(released_it_goes_on_where_the_other_stopped) {
    const TempDir directory;
    const TempDir other;
    Sandbox sandbox{directory, {"--feed-items", "4"}};
    Bot first{directory, sandbox, plain_feed(sandbox, "1")};
    first.start();
    BOOST_TEST_REQUIRE(eventually([&] { return first.count("published") == 1U; }), first.output());
    BOOST_REQUIRE(first.crier({"post", "in an hour", "--at", "1h"}).code == 0);
    BOOST_TEST(first.stop() == 0);
    const Finished exported = first.crier({"export"});
    BOOST_REQUIRE(exported.code == 0);
    Bot second{other, sandbox, plain_feed(sandbox, "all")};
    const Finished imported = second.crier({"import", "-", "--release"}, exported.out);
    BOOST_TEST_REQUIRE(imported.code == 0, imported.err);
    BOOST_TEST(imported.out.find("is held") == std::string::npos, imported.out);
    feed_gets(sandbox, "since");
    second.start();
    BOOST_TEST_REQUIRE(eventually([&] { return sandbox.statuses().size() == 2U; }), second.output());
    BOOST_TEST(sandbox.timeline().back().find("since") == 0U);
    BOOST_TEST(second.count("waiting") == 1U);
}

BOOST_AUTO_TEST_CASE(a_backup_beside_the_daemon_is_a_store) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, ""};
    bot.start();
    BOOST_REQUIRE(bot.crier({"post", "before", "--wait"}).code == 0);
    const std::string file = directory.file("backup.db");
    const Finished made = bot.crier({"backup", file});
    BOOST_TEST_REQUIRE(made.code == 0, made.err);
    BOOST_TEST(((fs::status(file).permissions() & fs::perms::all) ==
                (fs::perms::owner_read | fs::perms::owner_write)));
    BOOST_TEST(!fs::exists(file + "-wal"));
    BOOST_TEST(bot.crier({"backup", file}).err.find("is there already") != std::string::npos);
    BOOST_TEST(bot.crier({"backup", bot.store(), "--force"}).err.find("is the store itself") !=
               std::string::npos);
    BOOST_TEST(bot.crier({"backup", bot.store() + "-wal", "--force"}).err.find("is the store itself") !=
               std::string::npos);
    BOOST_TEST(bot.crier({"backup", "--keep", "2", file}).code == 2);
    // In a folder, by the time; other files there are nobody's business.
    const std::string folder = directory.file("backups");
    fs::create_directory(folder);
    write_file(folder + "/crier-20260101T000000Z.db", "old");
    write_file(folder + "/crier-20260102T000000Z.db", "old");
    write_file(folder + "/notes.db", "mine");
    const Finished kept = bot.crier({"backup", "--keep", "2", folder + "/"});
    BOOST_TEST_REQUIRE(kept.code == 0, kept.err);
    BOOST_TEST(!fs::exists(folder + "/crier-20260101T000000Z.db"));
    BOOST_TEST(fs::exists(folder + "/crier-20260102T000000Z.db"));
    BOOST_TEST(fs::exists(folder + "/notes.db"));
    // What killed ones were at goes with the next one; what another is at, and others' files, stay.
    const std::string gone = std::to_string(ended_process());
    const std::string other = directory.file("others");
    fs::create_directory(other);
    const std::string dated = other + "/crier-20260103T000000Z.db.";
    for (const std::string& name : {dated + gone + ".part", dated + gone + ".part-journal",
                                    file + "." + gone + ".part", dated + std::to_string(bot.pid()) + ".part",
                                    other + "/notes.db." + gone + ".part", dated + "x.part"})
        write_file(name, "half");
    const auto make_old = [](const std::string& name) {
        fs::last_write_time(name, fs::file_time_type::clock::now() - std::chrono::hours{2});
    };
    for (const fs::directory_entry& entry : fs::directory_iterator{other})
        make_old(entry.path().string());
    make_old(file + "." + gone + ".part");
    write_file(dated + "1" + gone + ".part", "half"); // of a moment ago: another machine's, perhaps
    BOOST_TEST(bot.crier({"backup", other + "/"}).code == 0);
    BOOST_TEST(bot.crier({"backup", "--force", file}).code == 0);
    BOOST_TEST(!fs::exists(dated + gone + ".part"));
    BOOST_TEST(!fs::exists(dated + gone + ".part-journal"));
    BOOST_TEST(!fs::exists(file + "." + gone + ".part"));
    BOOST_TEST(fs::exists(dated + std::to_string(bot.pid()) + ".part"));
    BOOST_TEST(fs::exists(other + "/notes.db." + gone + ".part"));
    BOOST_TEST(fs::exists(dated + "x.part"));
    BOOST_TEST(fs::exists(dated + "1" + gone + ".part"));
    // Nowhere to put it.
    for (const char* command : {"backup", "export"}) {
        std::vector<std::string> words{command};
        if (words[0] == "export")
            words.emplace_back("-o");
        words.push_back(directory.file("none/x.db"));
        const Finished nowhere = bot.crier(words);
        BOOST_TEST(nowhere.code == 1, nowhere.err);
        BOOST_TEST(nowhere.err.find("hint: mkdir -p " + directory.file("none")) != std::string::npos,
                   nowhere.err);
        BOOST_TEST(nowhere.err.find(".part") == std::string::npos, nowhere.err);
    }
    // Put back, it is known to be older than what was here.
    BOOST_REQUIRE(bot.crier({"post", "lost", "--wait"}).code == 0);
    BOOST_REQUIRE(bot.stop() == 0);
    fs::remove(bot.store() + "-wal");
    fs::remove(bot.store() + "-shm");
    fs::copy_file(file, bot.store(), fs::copy_options::overwrite_existing);
    BOOST_TEST(bot.crier({"check", "--store"}).code == 0);
    bot.start();
    BOOST_TEST(bot.crier({"status"}).out.find("restored") != std::string::npos);
    BOOST_TEST(bot.count("published") == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
