// The five questions of `crier init`, by its real prompts: through a pipe, and on a terminal.

#include "bot.hpp"

#include <boost/test/unit_test.hpp>

#include <csignal>
#include <filesystem>

using namespace crier::test;
namespace fs = std::filesystem;

namespace {

/// On a terminal of its own, which `script` gives it; keys that are typed ahead wait for their question.
Finished on_terminal(const TempDir& directory, const std::string& options, const std::string& keys) {
    return run_command({"/usr/bin/script", "-qec",
                        std::string{CRIER} + " init --directory " + directory.path() + " " + options,
                        "/dev/null"},
                       {{"PATH", "/usr/bin:/bin"}, {"TZ", "Europe/Berlin"}}, directory.path(), keys);
}

bool says(const Finished& done, const std::string& what) {
    return (done.out + done.err).find(what) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_SUITE(integration_init)

BOOST_AUTO_TEST_CASE(five_answers_make_a_configuration_without_a_warning) {
    const TempDir directory;
    Sandbox sandbox{directory};
    const TempDir place;
    const Finished done =
        run_command({CRIER, "init", "--directory", place.path()}, {{"TZ", "Europe/Berlin"}}, place.path(),
                    sandbox.url() + "\n@bot\n" + sandbox.url() + "/feed.xml\n\nn\n");
    BOOST_TEST_REQUIRE(done.code == 0, done.out << done.err);
    BOOST_TEST(says(done, "is mastodon"), done.out); // it was asked
    BOOST_TEST(says(done, "a feed with"), done.out);
    BOOST_TEST(says(done, "[Europe/Berlin]"), done.out);
    BOOST_TEST(says(done, "\n3. "), done.out);
    const std::string yaml = read_file(place.file("crier.yaml"));
    for (const char* part : {"timezone: \"Europe/Berlin\"", "handle: \"bot\"", "mode: live", "/feed.xml",
                             "allow_private: true", "first_run: {publish: 0}"})
        BOOST_TEST(yaml.find(part) != std::string::npos, yaml);
    const Finished checked = run_command({CRIER, "check", "--config", place.file("crier.yaml")},
                                         {{"MASTODON_ACCESS_TOKEN", sandbox_token}}, place.path());
    BOOST_TEST(checked.code == 0);
    BOOST_TEST(checked.err.empty(), checked.err);
    const Finished ran = run_command({CRIER, "run", "--once", "--config", place.file("crier.yaml")},
                                     {{"MASTODON_ACCESS_TOKEN", sandbox_token}}, place.path());
    BOOST_TEST(ran.code == 0, ran.out << ran.err);
    BOOST_TEST(sandbox.statuses().empty()); // the first look posts nothing
}

BOOST_AUTO_TEST_CASE(a_web_page_leads_to_its_feed_and_a_folder_is_one) {
    const TempDir directory;
    Sandbox sandbox{directory};
    const TempDir place;
    write_file(place.file("page.html"),
               "<!DOCTYPE html><html><head><title>A blog</title><link rel=\"alternate\" "
               "type=\"application/rss+xml\" href=\"" +
                   sandbox.url() + "/feed.xml\"></head><body>Hello</body></html>\n");
    const Finished page = run_command({CRIER, "init", "--directory", place.path()}, {}, place.path(),
                                      sandbox.url() + "\nbot\n" + place.file("page.html") + "\nUTC\ny\n");
    BOOST_TEST_REQUIRE(page.code == 0, page.out << page.err);
    BOOST_TEST(says(page, "that is a web page; its feed is " + sandbox.url() + "/feed.xml"), page.out);
    std::string yaml = read_file(place.file("crier.yaml"));
    BOOST_TEST(yaml.find("url: \"" + sandbox.url() + "/feed.xml\"") != std::string::npos, yaml);
    BOOST_TEST(yaml.find("mode: hold") != std::string::npos, yaml);
    BOOST_TEST(says(page, "outbox approve"), page.out);

    fs::create_directory(place.file("posts"));
    write_file(place.file("posts/one.txt"), "One\n");
    const Finished folder =
        run_command({CRIER, "init", "--offline", "--force", "--directory", place.path()}, {}, place.path(),
                    "mastodon.example\nbot\n" + place.file("posts") + "\n");
    BOOST_TEST_REQUIRE(folder.code == 0, folder.out << folder.err);
    yaml = read_file(place.file("crier.yaml"));
    BOOST_TEST(yaml.find("plugin: directory") != std::string::npos, yaml);
    const Finished checked = run_command({CRIER, "check", "--config", place.file("crier.yaml")},
                                         {{"MASTODON_ACCESS_TOKEN", "a"}}, place.path());
    BOOST_TEST(checked.code == 0, checked.err);
    BOOST_TEST(checked.err.empty(), checked.err);
}

BOOST_AUTO_TEST_CASE(what_does_not_answer_is_said_and_goes_on) {
    const TempDir place;
    // Nobody listens there.
    const Finished done = run_command({CRIER, "init", "--directory", place.path()}, {}, place.path(),
                                      "http://127.0.0.1:9\nbot\nhttp://127.0.0.1:9/feed\nUTC\nyes\n");
    BOOST_TEST_REQUIRE(done.code == 0, done.out << done.err);
    BOOST_TEST(says(done, "it cannot be reached now"), done.out);
    BOOST_TEST(says(done, "it cannot be read now"), done.out);
    for (const std::string bad : {"Mars/Olympus", "UTC\nperhaps"}) {
        const TempDir other;
        const Finished refused = run_command({CRIER, "init", "--offline", "--directory", other.path()}, {},
                                             other.path(), "m.example\nbot\n\n" + bad + "\n");
        BOOST_TEST(refused.code == 2, refused.out << refused.err);
        BOOST_TEST(!fs::exists(other.file("crier.yaml")));
        BOOST_TEST(!fs::exists(other.file("crier.env")));
    }
}

BOOST_AUTO_TEST_CASE(on_a_terminal_a_wrong_answer_is_asked_for_again) {
    const TempDir place;
    const Finished done =
        on_terminal(place, "--offline", "https://\nmastodon.example\nn ews\nnews\n/no/such\n\n\nmaybe\n\n");
    BOOST_TEST_REQUIRE(done.code == 0, done.out << done.err);
    BOOST_TEST(says(done, "Five questions"), done.out);
    BOOST_TEST(says(done, "no account's name"), done.out);
    BOOST_TEST(says(done, "yes or no"), done.out);
    const std::string yaml = read_file(place.file("crier.yaml"));
    BOOST_TEST(yaml.find("handle: \"news\"") != std::string::npos, yaml);
    BOOST_TEST(yaml.find("mode: hold") != std::string::npos, yaml);
    BOOST_TEST(yaml.find("Europe/Berlin") != std::string::npos, yaml);
}

BOOST_AUTO_TEST_CASE(what_a_look_does_not_bear_out_is_asked_again_and_taken_when_it_is_said_once_more) {
    const TempDir directory;
    Sandbox sandbox{directory};
    // Enter does not take what was doubted; another answer is looked at, too.
    const TempDir mended;
    const Finished done =
        on_terminal(mended, "--mode hold", "http://127.0.0.1:9\n\n" + sandbox.url() + "/@bot\n\nnothing\n\n");
    BOOST_TEST_REQUIRE(done.code == 0, done.out << done.err);
    BOOST_TEST(says(done, "Four questions"), done.out);
    BOOST_TEST(says(done, "it cannot be reached now"), done.out);
    BOOST_TEST(says(done, "init needs a server"), done.out);
    BOOST_TEST(says(done, "\n2. Handle"), done.out);
    const std::string yaml = read_file(mended.file("crier.yaml"));
    BOOST_TEST(yaml.find("server: \"" + sandbox.url() + "\"") != std::string::npos, yaml); // with its http://
    BOOST_TEST(yaml.find("handle: \"bot\"") != std::string::npos, yaml);
    BOOST_TEST(says(done, "tick only write:statuses; untick"), done.out);

    // What is given by options is looked at as what is typed is.
    const TempDir insisted;
    const Finished given = on_terminal(
        insisted,
        "--mode hold --timezone UTC --server http://127.0.0.1:9 --handle bot --feed " + sandbox.url(),
        "http://127.0.0.1:9\n" + sandbox.url() + "\n");
    BOOST_TEST_REQUIRE(given.code == 0, given.out << given.err);
    BOOST_TEST(says(given, "The same once more takes it all the same"), given.out);
    BOOST_TEST(says(given, "\n2. What to post"), given.out);
    BOOST_TEST(read_file(insisted.file("crier.yaml")).find("http://127.0.0.1:9") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(who_leaves_in_the_middle_leaves_nothing_behind) {
    const TempDir place;
    const Finished done = on_terminal(place, "--offline", "mastodon.example\nnews\n\x04");
    BOOST_TEST(done.code != 0, done.out);
    BOOST_TEST(says(done, "stopped; nothing was written"), done.out);
    BOOST_TEST(!fs::exists(place.file("crier.yaml")));
    BOOST_TEST(!fs::exists(place.file("crier.env")));

    // Ctrl-C, when it asks.
    Process asking{{"/bin/sh", "-c",
                    "mkfifo \"$1/keys\" && exec \"$0\" init --offline --directory \"$1\" 0<>\"$1/keys\"",
                    CRIER, place.path()},
                   {{"PATH", "/usr/bin:/bin"}},
                   place.file("asking.out")};
    BOOST_TEST_REQUIRE(eventually([&] { return asking.output().find("1. Server") != std::string::npos; }),
                       asking.output());
    asking.signal(SIGINT);
    BOOST_TEST(asking.wait() != 0);
    BOOST_TEST(asking.output().find("crier: stopped; nothing was written") != std::string::npos,
               asking.output());
    BOOST_TEST(!fs::exists(place.file("crier.yaml")));
}

BOOST_AUTO_TEST_SUITE_END()
