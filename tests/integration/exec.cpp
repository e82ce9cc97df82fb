// A source whose items a program writes, from the program to the server.

#include "bot.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>

using namespace crier::test;
namespace fs = std::filesystem;

namespace {

const char* books = "sources:\n"
                    "  books:\n"
                    "    plugin: exec\n"
                    "    command: [./books, two words]\n"
                    "    timeout: 20s\n"
                    "    account: news\n"
                    "    post: {status: \"{{ title }} {{ link }}\"}\n";

void write_program(const TempDir& directory, const std::string& script) {
    const std::string path = directory.file("books");
    write_file(path, "#!/bin/sh\n" + script);
    fs::permissions(path, fs::perms::owner_all);
}

} // namespace

BOOST_AUTO_TEST_SUITE(integration_exec)

BOOST_AUTO_TEST_CASE(what_a_program_writes_is_posted_once) {
    const TempDir directory;
    Sandbox sandbox{directory};
    write_program(directory,
                  "echo \"{\\\"title\\\": \\\"$1\\\", \\\"link\\\": \\\"https://e.example/1\\\"}\"\n");
    Bot bot{directory, sandbox, books};
    bot.environment["CRIER_TEST_SECRET"] = "sesame";
    for (int i = 0; i < 2; ++i) {
        const Finished ran = bot.crier({"run", "--once"});
        BOOST_TEST(ran.code == 0, ran.out << ran.err);
        BOOST_TEST(sandbox.timeline() == std::vector<std::string>{"two words https://e.example/1"},
                   boost::test_tools::per_element());
    }
    // Text is an item too; and the program knows nothing that it need not.
    write_program(directory, "echo \"secret: $CRIER_TEST_SECRET\"; echo careful >&2\n");
    const Finished items = bot.crier({"items", "books"});
    BOOST_TEST(items.code == 0, items.err);
    BOOST_TEST(items.out.find("\"title\":\"secret:\"") != std::string::npos, items.out);
    BOOST_TEST(items.err.find("/books says: careful") != std::string::npos, items.err);
}

BOOST_AUTO_TEST_CASE(a_program_that_fails_posts_nothing_and_says_why) {
    const TempDir directory;
    Sandbox sandbox{directory};
    write_program(directory, "echo '{\"title\": \"half\"}'; echo no network >&2; exit 3\n");
    Bot bot{directory, sandbox, books};
    const Finished ran = bot.crier({"run", "--once"});
    BOOST_TEST((ran.out + ran.err).find("/books: it ended with 3: no network") != std::string::npos,
               ran.out << ran.err);
    BOOST_TEST(sandbox.statuses().empty());
}

BOOST_AUTO_TEST_SUITE_END()
