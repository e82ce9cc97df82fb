#include "child.hpp"
#include "on_disk.hpp"
#include "store/private_file.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace crier;
using namespace crier::test;

namespace {

/// Rows in every table, and a changed one.
Batch wide_batch(const Post& known) {
    Batch batch;
    batch.now = noon;
    batch.insert = {make_post("new 1"), make_post("new 2")};
    Post changed = known;
    changed.reason = "changed";
    changed.state = PostState::sending;
    batch.update = {changed};
    batch.attempts = {make_attempt(known.id, 1)};
    batch.seen = {make_seen("new", "https://a.example/")};
    batch.sources.resize(1);
    batch.sources[0].source = "blog";
    batch.entries.resize(1);
    batch.entries[0].entry = "greeting";
    batch.accounts.resize(1);
    batch.accounts[0].account = "news";
    return batch;
}

std::size_t rows_of_batch(OpenStore& store, const Post& known) {
    SeenQuery seen;
    seen.source = "blog";
    seen.account = "news";
    seen.items = {digest_of("new")};
    const States states = store.load();
    return (store.all().size() - 1) + (store.post(known.id).reason.empty() ? 0U : 1U) +
           store.attempts(known.id).size() + store.seen(seen).size() + states.sources.size() +
           states.entries.size() + states.accounts.size() + (states.last_alive == noon ? 1U : 0U);
}

/// A batch that no small disk takes.
Batch huge_batch() {
    Batch batch;
    for (int i = 0; i < 2000; ++i) {
        batch.insert.push_back(make_post("huge " + std::to_string(i)));
        batch.insert.back().content.status = std::string(4000, 'x');
    }
    return batch;
}

/// Holds the database for writing, as another program would.
class OtherWriter {
public:
    explicit OtherWriter(const std::string& path) {
        BOOST_REQUIRE(sqlite3_open(path.c_str(), &database_) == SQLITE_OK);
        BOOST_REQUIRE(sqlite3_exec(database_, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK);
    }
    ~OtherWriter() { sqlite3_close(database_); }
    void release() const { sqlite3_exec(database_, "ROLLBACK", nullptr, nullptr, nullptr); }
    OtherWriter(const OtherWriter&) = delete;
    OtherWriter& operator=(const OtherWriter&) = delete;

private:
    sqlite3* database_ = nullptr;
};

} // namespace

BOOST_AUTO_TEST_SUITE(faults)

/// Every write and every sync of a batch fails in turn, for once and from then on.
BOOST_AUTO_TEST_CASE(a_disk_that_fails_anywhere_leaves_nothing_half_and_it_goes_on_when_it_is_well) {
    for (const int code : {SQLITE_FULL, SQLITE_IOERR_WRITE})
        for (const bool lasts : {true, false}) {
            int failed = 0;
            for (int at = 0;; ++at) {
                BOOST_TEST_CONTEXT("code " << code << (lasts ? " for good" : " once") << " at " << at) {
                    const Folder folder;
                    FaultyDisk disk;
                    Post known;
                    {
                        OpenStore store{on_disk(disk, folder.db())};
                        known = store.put(make_post("known"));
                        disk.fail_after(at, code, lasts);
                        const Result<Applied> applied = store.apply(wide_batch(known));
                        const bool struck = disk.struck();
                        BOOST_TEST(applied.has_value() == !struck);
                        if (!applied) {
                            ++failed;
                            BOOST_TEST((applied.error().cause == Cause::temporary));
                            BOOST_TEST(mentions(applied.error().message, folder.db()));
                            BOOST_TEST(mentions(applied.error().hint, "nothing was lost"));
                            BOOST_TEST(rows_of_batch(store, known) == 0U);
                        }
                        disk.mend();
                        if (!applied) {
                            BOOST_TEST(store.apply(wide_batch(known)).has_value());
                        }
                        if (!struck)
                            at = 1000;
                    }
                    OpenStore store{on_disk(disk, folder.db())};
                    BOOST_TEST(store.notes().empty());
                    BOOST_TEST(rows_of_batch(store, known) == 9U);
                }
                if (at >= 1000)
                    break;
            }
            BOOST_TEST(failed > 5); // a batch of so many tables is more than a few writes
        }
}

/// In one shared commit, the one that does not fit must not take the others with it.
BOOST_AUTO_TEST_CASE(a_batch_too_big_for_the_disk_falls_alone) {
    const Folder folder;
    FaultyDisk disk;
    OpenStore store{on_disk(disk, folder.db())};
    Post known = store.put(make_post("known"));
    disk.limit_files(1 << 20);

    std::vector<Result<Applied>> answers(3, Failure{Cause::internal, "none"});
    {
        const OtherWriter other{folder.db()}; // so that all three are queued when the first begins
        Batch before;
        before.insert = {make_post("before")};
        Batch after;
        known.reason = "after";
        after.update = {known};
        std::vector<Batch> batches;
        batches.push_back(std::move(before));
        batches.push_back(huge_batch());
        batches.push_back(std::move(after));
        for (std::size_t i = 0; i < batches.size(); ++i)
            boost::asio::co_spawn(store.context, (*store).apply(std::move(batches[i])),
                                  [&answers, i](std::exception_ptr, Result<Applied> applied) {
                                      answers[i] = std::move(applied);
                                  });
        store.context.restart();
        store.context.poll();
    }
    store.context.run();
    BOOST_TEST(disk.struck());
    BOOST_TEST(answers[0].has_value());
    BOOST_REQUIRE(!answers[1]);
    BOOST_TEST((answers[1].error().cause == Cause::temporary));
    BOOST_TEST(mentions(answers[1].error().message, "the disk is full"));
    BOOST_TEST(answers[2].has_value());
    const auto whole = [&](OpenStore& opened) {
        BOOST_TEST(names(opened.all()) == (std::vector<std::string>{"known", "before"}));
        BOOST_TEST(opened.post(known.id).reason == "after");
        BOOST_TEST(opened.post(known.id).version == 2);
    };
    whole(store);
    store.close();
    OpenStore again{folder.db()};
    whole(again);
}

/// SQLite then drops the whole transaction, shared or not, in the middle of a batch.
BOOST_AUTO_TEST_CASE(a_read_that_fails_in_a_shared_commit_takes_only_what_is_told) {
    const Folder folder;
    FaultyDisk disk;
    constexpr std::size_t rows = 600;
    {
        OpenStore store{on_disk(disk, folder.db())};
        Batch batch;
        for (std::size_t i = 0; i < rows; ++i)
            batch.insert.push_back(make_post("row " + std::to_string(i)));
        for (Post& post : batch.insert)
            post.content.status = std::string(2000, 'x');
        BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
    }
    std::size_t expected = rows;
    int number = 0;
    int struck = 0;
    for (const bool lasts : {false, true})
        for (int at = 0; at < 60; ++at) {
            BOOST_TEST_CONTEXT((lasts ? "for good" : "once") << " at " << at) {
                std::vector<std::string> good;
                {
                    OpenStore store{on_disk(disk, folder.db())}; // cold: the rows are not in memory
                    BOOST_REQUIRE(store);
                    const OtherWriter other{folder.db()};
                    for (int i = 0; i < 4; ++i) {
                        const std::string name = "new " + std::to_string(++number);
                        Batch batch;
                        batch.insert = {make_post(name)};
                        for (int far = 0; far < 5; ++far)
                            batch.attempts.push_back(make_attempt(1 + number * 5 + far, 1));
                        boost::asio::co_spawn(store.context, (*store).apply(std::move(batch)),
                                              [&good, name](std::exception_ptr, Result<Applied> applied) {
                                                  if (applied)
                                                      good.push_back(name);
                                                  else
                                                      BOOST_TEST((applied.error().cause == Cause::temporary));
                                              });
                    }
                    disk.fail_read_after(at, lasts);
                    store.context.restart();
                    store.context.poll();
                    other.release();
                    store.context.run();
                    struck += disk.struck() ? 1 : 0;
                    disk.mend();
                    expected += good.size();
                    std::vector<std::string> found = names(store.all());
                    BOOST_TEST(found.size() == expected);
                    found.erase(found.begin(), found.end() - static_cast<std::ptrdiff_t>(good.size()));
                    BOOST_TEST(found == good);
                }
            }
        }
    BOOST_TEST(struck > 20);
}

/// The same on the system's own terms: a process that may write no bigger files.
BOOST_AUTO_TEST_CASE(a_file_that_may_not_grow_is_a_failure_and_no_death) {
    const Folder folder;
    Child child{[&](const Child::Say& say) {
        OpenStore store{folder.db()};
        const Post known = store.put(make_post("known"));
        rlimit limit{};
        ::getrlimit(RLIMIT_FSIZE, &limit);
        limit.rlim_cur = 512U << 10U;
        ::setrlimit(RLIMIT_FSIZE, &limit);
        const Result<Applied> huge = store.apply(huge_batch());
        say(huge ? "written" : huge.error().cause == Cause::temporary ? "temporary" : huge.error().message);
        say(store.apply(wide_batch(known)) ? "written" : "failed");
    }};
    BOOST_TEST(child.line() == "temporary");
    BOOST_TEST(child.line() == "written");
    BOOST_TEST(child.wait() == 0);
    OpenStore store{folder.db()};
    BOOST_TEST(names(store.all()) == (std::vector<std::string>{"known", "new 1", "new 2"}));
}

BOOST_AUTO_TEST_CASE(a_locked_database_is_temporary_and_writes_nothing) {
    const Folder folder;
    store::SqliteOptions options = OpenStore::options_for(folder.db());
    options.patience = 1ms;
    OpenStore store{options};
    const Post known = store.put(make_post("known"));
    {
        const OtherWriter other{folder.db()};
        const Result<Applied> refused = store.apply(wide_batch(known));
        BOOST_REQUIRE(!refused);
        BOOST_TEST((refused.error().cause == Cause::temporary));
        BOOST_TEST(mentions(refused.error().hint, "another program"));
        BOOST_TEST(rows_of_batch(store, known) == 0U); // reading goes on meanwhile
        BOOST_REQUIRE((*store).figures()->trouble.has_value());
        BOOST_TEST((*store).figures()->trouble->message == refused.error().message);
    }
    BOOST_TEST(store.apply(wide_batch(known)).has_value());
    BOOST_TEST(!(*store).figures()->trouble.has_value());
    BOOST_TEST(rows_of_batch(store, known) == 9U);
}

BOOST_AUTO_TEST_CASE(what_opening_writes_may_fail_as_well) {
    for (int at = 0;; ++at) {
        BOOST_TEST_CONTEXT("at " << at) {
            const Folder folder;
            FaultyDisk disk;
            disk.fail_after(at, SQLITE_FULL, true);
            bool opened = false;
            {
                OpenStore store{on_disk(disk, folder.db())};
                opened = static_cast<bool>(store);
                if (!opened) {
                    BOOST_TEST((store.refusal().cause == Cause::temporary));
                }
                disk.mend();
            }
            OpenStore store{on_disk(disk, folder.db())};
            BOOST_REQUIRE(store);
            BOOST_TEST(store.put(make_post("p")).id == 1);
            if (opened)
                break;
        }
    }
}

BOOST_AUTO_TEST_CASE(a_folder_that_cannot_be_written_is_said_with_what_to_do) {
    const Folder folder;
    {
        const OpenStore store{folder.db()};
        BOOST_REQUIRE(store);
    }
    ::chmod(folder.path().c_str(), 0555);
    ::chmod(folder.db().c_str(), 0444);
    ::chmod((folder.db() + ".lock").c_str(), 0444);
    Child child{[&](const Child::Say& say) {
        if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0))
            return;
        const auto tell = [&](const OpenStore& store) {
            const Failure failure = store.refusal();
            say(failure.cause == Cause::permission ? "permission" : "another cause");
            say(failure.message);
            say(failure.hint);
        };
        tell(OpenStore{folder.db()});
        tell(OpenStore{folder / "new.db"});
        tell(OpenStore{folder / "missing/crier.db"});
        // To read it is no less: SQLite makes its files beside it.
        tell(OpenStore{OpenStore::options_for(folder.db(), true)});
    }};
    for (const char* name : {"crier.db", "new.db", "missing/crier.db"}) {
        BOOST_TEST(child.line() == "permission");
        BOOST_TEST(mentions(child.line(), folder / name));
        BOOST_TEST(mentions(child.line(), "must exist and be writable for user"));
    }
    BOOST_TEST(child.line() == "permission");
    const std::string unread = child.line();
    BOOST_TEST(mentions(unread, "may not write there"), unread);
    BOOST_TEST(!mentions(unread, "PRAGMA"), unread);
    BOOST_TEST(mentions(child.line(), "run this as the daemon's user"));
    ::chmod(folder.path().c_str(), 0755);
}

BOOST_AUTO_TEST_CASE(a_read_only_file_system_is_waited_for) {
    errno = EROFS;
    const Failure failure = store::file_failure("/var/lib/crier/crier.db.lock");
    BOOST_TEST((failure.cause == Cause::temporary));
    BOOST_TEST(mentions(failure.message, "crier.db.lock: its file system is mounted read-only"));
    BOOST_TEST(mentions(failure.hint, "remount,rw"));
}

BOOST_AUTO_TEST_SUITE_END()
