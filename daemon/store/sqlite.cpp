#include "store/sqlite.hpp"

#include "store/owner_lock.hpp"
#include "store/schema.hpp"
#include "store/tables.hpp"
#include "store/worker.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <sqlite3.h>

#include <fcntl.h>
#include <memory>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace crier::store {

namespace asio = boost::asio;

namespace {

/// One call on its way to the store's thread and back.
struct Job {
    Batch* batch = nullptr;            ///< a write; else
    std::function<void(Tables&)> read; ///< a query
    std::optional<Result<Applied>>* applied = nullptr;
    std::function<void()> resume; ///< back on the engine's thread
};

class SqliteStore final : public Store {
public:
    SqliteStore(asio::any_io_executor engine, Tables tables, OwnerLock lock, bool read_only)
        : engine_(std::move(engine))
        , lock_(std::move(lock))
        , tables_(std::move(tables))
        , read_only_(read_only)
        , worker_([this](std::vector<Job> jobs) { carry_out(std::move(jobs)); }) {}

    ~SqliteStore() override {
        worker_.reset(); // ends what was begun
        if (read_only_)
            return;
        // A clean end: the next start need not check the file.
        (void)tables_.database().run("UPDATE meta SET value=0 WHERE name='open'");
        (void)tables_.database().run("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    asio::awaitable<Result<Applied>> apply(Batch batch) override {
        if (read_only_)
            co_return Failure{Cause::permission, "the store was opened for reading only"};
        std::optional<Result<Applied>> applied;
        Job job;
        job.batch = &batch;
        job.applied = &applied;
        co_await hand_over(job);
        co_return std::move(*applied);
    }

    asio::awaitable<Result<States>> load() override {
        return query<States>([](Tables& tables) { return tables.load(); });
    }
    asio::awaitable<Result<LaneWork>> lane(LaneQuery what) override {
        return query<LaneWork>([what = std::move(what)](Tables& tables) { return tables.lane(what); });
    }
    asio::awaitable<Result<std::vector<Post>>> find(PostQuery what) override {
        return query<std::vector<Post>>(
            [what = std::move(what)](Tables& tables) { return tables.find(what); });
    }
    asio::awaitable<Result<std::vector<Attempt>>> attempts(PostId post) override {
        return query<std::vector<Attempt>>([post](Tables& tables) { return tables.attempts(post); });
    }
    asio::awaitable<Result<std::vector<SeenItem>>> seen(SeenQuery what) override {
        return query<std::vector<SeenItem>>(
            [what = std::move(what)](Tables& tables) { return tables.seen(what); });
    }
    asio::awaitable<Result<std::map<PostState, std::int64_t>>> counts(std::string account) override {
        return query<std::map<PostState, std::int64_t>>(
            [account = std::move(account)](Tables& tables) { return tables.counts(account); });
    }

private:
    template <class T>
    asio::awaitable<Result<T>> query(std::function<Result<T>(Tables&)> ask) {
        std::optional<Result<T>> answer;
        Job job;
        job.read = [&](Tables& tables) { answer.emplace(ask(tables)); };
        co_await hand_over(job);
        co_return std::move(*answer);
    }

    /// To the store's thread, and back to the engine's when it is done there. Not cancellable: what has begun
    /// is finished, so the frame that owns the job stays.
    asio::awaitable<void> hand_over(Job& job) {
        return asio::async_initiate<const asio::use_awaitable_t<>, void()>(
            [this, &job](auto handler) {
                auto work = std::make_shared<asio::executor_work_guard<asio::any_io_executor>>(engine_);
                auto shared = std::make_shared<decltype(handler)>(std::move(handler));
                job.resume = [this, work, shared] { asio::post(engine_, [work, shared] { (*shared)(); }); };
                worker_->push(job);
            },
            asio::use_awaitable);
    }

    void carry_out(std::vector<Job> jobs);
    void commit(std::vector<Job>& writes);

    asio::any_io_executor engine_;
    OwnerLock lock_;
    Tables tables_;
    bool read_only_;
    struct WorkerBox {
        explicit WorkerBox(Worker<Job>::Run run)
            : worker(std::make_unique<Worker<Job>>(std::move(run))) {}
        Worker<Job>* operator->() { return worker.get(); }
        void reset() { worker.reset(); }
        std::unique_ptr<Worker<Job>> worker;
    } worker_;
};

/// In order; writes that stand next to each other share a commit.
void SqliteStore::carry_out(std::vector<Job> jobs) {
    std::vector<Job> writes;
    for (Job& job : jobs) {
        if (job.batch != nullptr) {
            writes.push_back(std::move(job));
            continue;
        }
        commit(writes);
        job.read(tables_);
        job.resume();
    }
    commit(writes);
}

void SqliteStore::commit(std::vector<Job>& writes) {
    if (writes.empty())
        return;
    Database& database = tables_.database();
    Result<> whole = database.run("BEGIN IMMEDIATE");
    if (whole) {
        for (Job& job : writes)
            job.applied->emplace(tables_.apply(*job.batch));
        whole = database.run("COMMIT");
    }
    if (!whole) {
        // Not one of them is durable. A failed COMMIT may or may not have left the transaction open.
        if (sqlite3_get_autocommit(database.raw()) == 0)
            (void)database.run("ROLLBACK");
        for (Job& job : writes)
            job.applied->emplace(whole.error());
    }
    for (Job& job : writes)
        job.resume();
    writes.clear();
}

/// Makes the file with its mode before SQLite would make it with the umask's.
Result<> make_private(const std::string& path) {
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return Failure{Cause::permission,
                       path + " cannot be opened for writing by user " + std::to_string(::geteuid()),
                       "the folder of `store:` must exist and be writable for the daemon; under systemd, "
                       "StateDirectory= makes it"};
    ::close(fd);
    return {};
}

Result<> check_after_unclean_stop(Database& database, const std::string& path,
                                  std::vector<std::string>& notes) {
    const Result<std::string> open = database.ask("SELECT value FROM meta WHERE name='open'");
    if (!open)
        return open.error();
    if (*open == "1") {
        const Result<std::string> verdict = database.ask("PRAGMA quick_check(1)");
        if (!verdict)
            return verdict.error();
        if (*verdict != "ok")
            return Failure{Cause::corrupt, path + " is damaged: " + *verdict,
                           "keep a copy of the file, then `sqlite3 " + path +
                               " .recover`, or put a backup in its place"};
        notes.push_back("the daemon was not stopped cleanly; the store was checked and is whole");
    }
    return database.run("UPDATE meta SET value=1 WHERE name='open'");
}

Result<Database> open_owned(const SqliteOptions& options, const std::vector<std::string_view>& steps,
                            std::vector<std::string>& notes) {
    if (Result<> made = make_private(options.path); !made)
        return made.error();
    Database::Options how;
    how.vfs = options.vfs;
    Result<Database> database = Database::open(options.path, how);
    if (!database)
        return database;
    if (Result<> checked = check_version(*database, options.path, steps.size()); !checked)
        return checked.error();
    // FULL: a commit is on the disk when it returns; the WAL makes that one fsync.
    if (Result<> set =
            database->run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                          "PRAGMA journal_size_limit=16777216; PRAGMA cache_size=-2048");
        !set)
        return set.error();
    if (Result<> migrated = migrate(*database, options.path, steps, notes); !migrated)
        return migrated.error();
    if (Result<> checked = check_after_unclean_stop(*database, options.path, notes); !checked)
        return checked.error();
    return database;
}

Result<OpenedStore> finish(asio::any_io_executor engine, Database database, OwnerLock lock, bool read_only,
                           std::vector<std::string> notes) {
    Tables tables{std::move(database)};
    if (Result<> prepared = tables.prepare(); !prepared)
        return prepared.error();
    OpenedStore opened;
    opened.store =
        std::make_unique<SqliteStore>(std::move(engine), std::move(tables), std::move(lock), read_only);
    opened.notes = std::move(notes);
    return opened;
}

Result<Database> open_to_read(const std::string& path, const std::vector<std::string_view>& steps) {
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0)
        return Failure{Cause::not_found, path + ": there is no store yet", "`crier run` makes it"};
    Database::Options how;
    how.read_only = true;
    Result<Database> database = Database::open(path, how);
    if (!database)
        return database;
    if (Result<> checked = check_version(*database, path, steps.size()); !checked)
        return checked.error();
    return database;
}

} // namespace

Result<OpenedStore> open_sqlite(asio::any_io_executor engine, SqliteOptions options) {
    const std::vector<std::string_view>& steps = options.steps != nullptr ? *options.steps : migrations();
    std::vector<std::string> notes;
    if (options.read_only) {
        Result<Database> database = open_to_read(options.path, steps);
        if (!database)
            return database.error();
        return finish(std::move(engine), std::move(*database), OwnerLock{}, true, std::move(notes));
    }
    Result<OwnerLock> lock = OwnerLock::take(options.path);
    if (!lock)
        return lock.error();
    Result<Database> database = open_owned(options, steps, notes);
    if (!database)
        return database.error();
    return finish(std::move(engine), std::move(*database), std::move(*lock), false, std::move(notes));
}

Result<OpenedStore> open_sqlite_copy(asio::any_io_executor engine, const std::string& path) {
    Result<Database> copy = Database::open(":memory:", {});
    if (!copy)
        return copy.error();
    std::vector<std::string> notes;
    struct stat info {};
    if (::stat(path.c_str(), &info) == 0) {
        Result<Database> original = open_to_read(path, migrations());
        if (!original)
            return original.error();
        sqlite3_backup* backup = sqlite3_backup_init(copy->raw(), "main", original->raw(), "main");
        const int code = backup == nullptr ? SQLITE_ERROR : sqlite3_backup_step(backup, -1);
        sqlite3_backup_finish(backup);
        if (code != SQLITE_DONE)
            return sqlite_failure(original->raw(), code, "copy");
    }
    // The copy of a file in WAL mode says so too, which memory cannot be.
    (void)copy->run("PRAGMA journal_mode=MEMORY");
    if (Result<> migrated = migrate(*copy, ":memory:", migrations(), notes); !migrated)
        return migrated.error();
    return finish(std::move(engine), std::move(*copy), OwnerLock{}, false, {});
}

} // namespace crier::store
