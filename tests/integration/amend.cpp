// What is published follows its item, through the whole program.

#include "bot.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <filesystem>
#include <thread>

using namespace crier::test;
namespace fs = std::filesystem;

namespace {

const char* list = "sources:\n"
                   "  list:\n"
                   "    plugin: exec\n"
                   "    command: [./list]\n"
                   "    poll: 1s\n"
                   "    on_update: edit\n"
                   "    on_delete: delete\n"
                   "    account: news\n"
                   "    post: {status: \"{{ title }}\"}\n";

/// The program writes these lines from now on. It is never half there.
void write_list(const TempDir& directory, const std::string& lines) {
    const std::string program = directory.file("list.new");
    write_file(program, "#!/bin/sh\ncat <<END\n" + lines + "END\n");
    fs::permissions(program, fs::perms::owner_all);
    fs::rename(program, directory.file("list"));
}

/// Something that the daemon does by itself, soon.
template <class Done>
bool within_seconds(Done done) {
    for (int i = 0; i < 400 && !done(); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
    return done();
}

} // namespace

BOOST_AUTO_TEST_SUITE(integration_amend)

BOOST_AUTO_TEST_CASE(an_item_that_changes_is_edited_and_one_that_is_taken_back_is_deleted) {
    const TempDir directory;
    Sandbox sandbox{directory};
    write_list(directory, "{\"id\": \"1\", \"title\": \"A tpyo\"}\n");
    Bot bot{directory, sandbox, list};
    bot.start();
    const auto shows = [&](const std::vector<std::string>& texts) {
        return within_seconds([&] { return sandbox.timeline() == texts; });
    };
    BOOST_TEST(shows({"A tpyo"}), bot.output());
    write_list(directory, "{\"id\": \"1\", \"title\": \"A typo\"}\n");
    BOOST_TEST(shows({"A typo"}), bot.output());
    const auto edited = [&] {
        return bot.crier({"outbox", "show", "1"}).out.find("edited: once") != std::string::npos;
    };
    BOOST_TEST(within_seconds(edited), bot.crier({"outbox", "show", "1"}).out);
    write_list(directory, "{\"id\": \"1\", \"gone\": true}\n");
    const auto gone = [&] { return sandbox.statuses()[0].at("deleted").as_bool(); };
    BOOST_TEST(within_seconds(gone), bot.output());
    BOOST_TEST(within_seconds([&] { return bot.count("deleted") == 1U; }));
    const Finished why = bot.crier({"why", "1"});
    BOOST_TEST(why.out.find("its item was taken back") != std::string::npos, why.out);
    BOOST_TEST(bot.stop() == 0, bot.output());
}

BOOST_AUTO_TEST_SUITE_END()
