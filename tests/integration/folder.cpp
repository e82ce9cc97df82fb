// A folder whose files are posts, from the file to the server and to `sent`.

#include "bot.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

using namespace crier::test;
namespace fs = std::filesystem;

namespace {

const char* inbox = "sources:\n"
                    "  inbox:\n"
                    "    plugin: directory\n"
                    "    path: posts\n"
                    "    account: news\n"
                    "    post: {status: \"{{ content }}\"}\n";

std::string text_of(const std::string& path) {
    std::ifstream stream{path};
    return {std::istreambuf_iterator<char>{stream}, {}};
}

/// Something that the daemon does by itself, soon.
template <class Done>
bool soon(Done done) {
    for (int i = 0; i < 200 && !done(); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
    return done();
}

} // namespace

BOOST_AUTO_TEST_SUITE(integration_folder)

BOOST_AUTO_TEST_CASE(a_file_that_is_put_there_is_posted_and_moved_and_the_daemon_ends_when_told) {
    const TempDir directory;
    Sandbox sandbox{directory};
    fs::create_directory(directory.file("posts"));
    Bot bot{directory, sandbox, inbox};
    bot.start();
    write_file(directory.file("posts/a.md"), "---\ntitle: A\n---\nHello *world*\n");
    write_file(directory.file("posts/b.md"), "---\nwhat: [\n---\nx\n");
    BOOST_TEST(soon([&] { return fs::exists(directory.file("posts/sent/a.md")); }), bot.output());
    BOOST_TEST(soon([&] { return fs::exists(directory.file("posts/failed/b.md")); }), bot.output());
    BOOST_TEST(sandbox.timeline() == std::vector<std::string>{"Hello world"},
               boost::test_tools::per_element());
    BOOST_TEST(text_of(directory.file("posts/sent/a.md.log")).starts_with("news: http://"));
    BOOST_TEST(!text_of(directory.file("posts/failed/b.md.log")).empty());
    // Another one of the same name is another post.
    write_file(directory.file("posts/a.md"), "Hello again\n");
    BOOST_TEST(soon([&] { return fs::exists(directory.file("posts/sent/a (2).md")); }), bot.output());
    BOOST_TEST(sandbox.timeline().size() == 2U);
    BOOST_TEST(bot.stop() == 0, bot.output());
}

BOOST_AUTO_TEST_CASE(what_was_posted_when_the_daemon_died_is_moved_by_the_next_one_and_not_posted_again) {
    const TempDir directory;
    Sandbox sandbox{directory};
    fs::create_directory(directory.file("posts"));
    write_file(directory.file("posts/a.md"), "Once\n");
    Bot bot{directory, sandbox, inbox};
    // A folder that cannot be written to: it is posted, and stays.
    write_file(directory.file("posts/sent"), "in the way");
    bot.start();
    BOOST_TEST(soon([&] { return bot.count("published") == 1U; }), bot.output());
    bot.kill_hard();
    fs::remove(directory.file("posts/sent"));
    const Finished ran = bot.crier({"run", "--once"});
    BOOST_TEST(sandbox.timeline().size() == 1U);
    BOOST_TEST(fs::exists(directory.file("posts/sent/a.md")), ran.out << ran.err);
}

BOOST_AUTO_TEST_CASE(a_run_now_and_then_waits_for_a_file_that_was_just_written) {
    const TempDir directory;
    Sandbox sandbox{directory};
    fs::create_directory(directory.file("posts"));
    Bot bot{directory, sandbox, inbox};
    write_file(directory.file("posts/a.md"), "Fresh\n");
    const Finished ran = bot.crier({"run", "--once"});
    BOOST_TEST(ran.code == 0, ran.out << ran.err);
    BOOST_TEST(sandbox.timeline().size() == 1U);
    BOOST_TEST(fs::exists(directory.file("posts/sent/a.md")));
}

BOOST_AUTO_TEST_SUITE_END()
