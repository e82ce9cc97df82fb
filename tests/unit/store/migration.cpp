#include "harness.hpp"
#include "raw.hpp"
#include "store/schema.hpp"

#include <sys/stat.h>

using namespace crier;
using namespace crier::test;

namespace {

using Steps = std::vector<std::string_view>;

Steps with(std::initializer_list<std::string_view> later) {
    Steps steps = store::migrations();
    steps.insert(steps.end(), later);
    return steps;
}

store::SqliteOptions options_with(const std::string& path, const Steps& steps) {
    store::SqliteOptions options = OpenStore::options_for(path);
    options.steps = &steps;
    return options;
}

/// A store of today's schema with one post, stopped.
void make_old_store(const std::string& path) {
    OpenStore store{path};
    (void)store.put(make_post("p"));
}

const std::string after = std::to_string(store::migrations().size() + 1);

} // namespace

BOOST_AUTO_TEST_SUITE(migration)

BOOST_AUTO_TEST_CASE(an_older_store_goes_to_the_newest_and_is_backed_up_first) {
    const Folder parent;
    const std::string folder = parent / "it's a folder"; // as a path may be
    std::filesystem::create_directory(folder);
    const std::string path = folder + "/crier.db";
    make_old_store(path);
    const Steps steps = with({"ALTER TABLE posts ADD COLUMN extra TEXT NOT NULL DEFAULT 'x';",
                              "CREATE TABLE later(x INTEGER) STRICT; INSERT INTO later VALUES(7);"});
    const std::string newest = std::to_string(steps.size());
    const mode_t before = ::umask(0);
    {
        OpenStore store{options_with(path, steps)};
        BOOST_REQUIRE(store);
        BOOST_REQUIRE(store.notes().size() == 1U);
        BOOST_TEST(mentions(store.notes()[0], "to " + newest));
        BOOST_TEST(mentions(store.notes()[0], path + ".before-" + newest));
        BOOST_TEST(names(store.all()) == std::vector<std::string>{"p"});
        BOOST_TEST(store.put(make_post("q")).id == 2);
    }
    ::umask(before);
    {
        RawDatabase raw{path};
        BOOST_TEST(raw.ask("PRAGMA user_version") == newest);
        BOOST_TEST(raw.ask("SELECT x FROM later") == "7");
        BOOST_TEST(raw.ask("PRAGMA integrity_check") == "ok");
    }
    OpenStore again{options_with(path, steps)};
    BOOST_TEST(again.notes().empty());

    const std::string backup = path + ".before-" + newest;
    BOOST_TEST(mode_of(backup) == 0600U);
    BOOST_TEST(!std::filesystem::exists(backup + ".part"));
    OpenStore old{backup}; // the program from before reads it
    BOOST_REQUIRE(old);
    BOOST_TEST(names(old.all()) == std::vector<std::string>{"p"});
}

BOOST_AUTO_TEST_CASE(a_step_that_fails_changes_nothing_and_can_be_tried_again) {
    const Folder folder;
    make_old_store(folder.db());
    const Steps bad = with({"CREATE TABLE later(x INTEGER); INSERT INTO no_such_table VALUES(1);"});
    BOOST_TEST((OpenStore{options_with(folder.db(), bad)}.refusal().cause == Cause::internal));
    {
        OpenStore store{folder.db()};
        BOOST_REQUIRE(store);
        BOOST_TEST(store.notes().empty());
        (void)store.put(make_post("q"));
    }
    BOOST_TEST(RawDatabase{folder.db()}.ask("SELECT count(*) FROM sqlite_schema WHERE name='later'") == "0");
    // The backup of the first try does not stand in the way, and is replaced by what is there now.
    const Steps good = with({"CREATE TABLE later(x INTEGER);"});
    {
        OpenStore store{options_with(folder.db(), good)};
        BOOST_REQUIRE(store);
    }
    OpenStore backup{folder.db() + ".before-" + after};
    BOOST_TEST(names(backup.all()) == (std::vector<std::string>{"p", "q"}));
}

BOOST_AUTO_TEST_CASE(without_a_backup_there_is_no_migration) {
    const Folder folder;
    make_old_store(folder.db());
    const std::string in_the_way = folder.db() + ".before-" + after + ".part";
    std::filesystem::create_directory(in_the_way);
    const std::string before = bytes_of(folder.db());
    const Steps steps = with({"CREATE TABLE later(x INTEGER);"});
    const Failure refused = OpenStore{options_with(folder.db(), steps)}.refusal();
    BOOST_TEST(mentions(refused.message, in_the_way));
    BOOST_TEST(RawDatabase{folder.db()}.ask("PRAGMA user_version") == std::to_string(steps.size() - 1));
    std::filesystem::remove(in_the_way);
    BOOST_TEST(static_cast<bool>(OpenStore{options_with(folder.db(), steps)}));
}

BOOST_AUTO_TEST_CASE(a_new_store_needs_no_backup) {
    const Folder folder;
    const Steps steps = with({"CREATE TABLE later(x INTEGER);"});
    {
        OpenStore store{options_with(folder.db(), steps)};
        BOOST_REQUIRE(store);
        BOOST_TEST(store.notes().empty());
    }
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator{folder.path()})
        files += entry.is_regular_file() ? 1U : 0U;
    BOOST_TEST(files == 2U); // the store and its lock
}

BOOST_AUTO_TEST_CASE(a_newer_store_is_refused_in_a_sentence_and_left_as_it_is) {
    const Folder folder;
    const Steps newer = with({"CREATE TABLE later(x INTEGER);"});
    {
        OpenStore store{options_with(folder.db(), newer)};
        (void)store.put(make_post("p"));
    }
    const std::string before = bytes_of(folder.db());
    for (const bool read_only : {false, true}) {
        const Failure refused = OpenStore{OpenStore::options_for(folder.db(), read_only)}.refusal();
        BOOST_TEST((refused.cause == Cause::unsupported));
        BOOST_TEST(mentions(refused.message, folder.db() + " was made by a newer crier (schema " + after));
        BOOST_TEST(mentions(refused.hint, "backup"));
    }
    boost::asio::io_context context{1};
    const auto copy = store::open_sqlite_copy(context.get_executor(), folder.db());
    BOOST_TEST((copy.error().cause == Cause::unsupported));
    BOOST_TEST((bytes_of(folder.db()) == before));
}

BOOST_AUTO_TEST_CASE(an_older_store_is_not_read_wrongly_but_said_to_be_older) {
    const Folder folder;
    make_old_store(folder.db());
    const Steps steps = with({"CREATE TABLE later(x INTEGER);"});
    store::SqliteOptions options = options_with(folder.db(), steps);
    options.read_only = true;
    const Failure refused = OpenStore{options}.refusal();
    BOOST_TEST((refused.cause == Cause::unsupported));
    BOOST_TEST(mentions(refused.message, "older crier"));
    BOOST_TEST(mentions(refused.hint, "daemon"));
}

BOOST_AUTO_TEST_CASE(another_programs_database_is_refused_and_left_as_it_is) {
    const Folder folder;
    {
        RawDatabase raw{folder.db()};
        raw.run("CREATE TABLE theirs(x); INSERT INTO theirs VALUES('precious')");
    }
    const std::string before = bytes_of(folder.db());
    for (const bool read_only : {false, true}) {
        const Failure refused = OpenStore{OpenStore::options_for(folder.db(), read_only)}.refusal();
        BOOST_TEST((refused.cause == Cause::config));
        BOOST_TEST(mentions(refused.message, "another program"));
        BOOST_TEST(mentions(refused.hint, "store:"));
    }
    BOOST_TEST((bytes_of(folder.db()) == before));
}

BOOST_AUTO_TEST_CASE(a_store_says_what_it_is) {
    const Folder folder;
    make_old_store(folder.db());
    RawDatabase raw{folder.db()};
    BOOST_TEST(raw.ask("PRAGMA application_id") == std::to_string(store::application_id));
    BOOST_TEST(raw.ask("PRAGMA journal_mode") == "wal");
    BOOST_TEST(raw.ask("PRAGMA integrity_check") == "ok");
    BOOST_TEST(raw.ask("SELECT state FROM posts") == "ready"); // as words
}

BOOST_AUTO_TEST_SUITE_END()
