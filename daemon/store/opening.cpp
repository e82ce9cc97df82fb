#include "store/opening.hpp"

#include "store/private_file.hpp"
#include "store/schema.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <cstdlib>
#include <sys/stat.h>
#include <utility>

namespace crier::store {
namespace {

/// FULL: a commit is on the disk when it returns; in WAL mode that is one fsync. A big batch is not written
/// out and read back in pieces while it grows (cache_spill). docs/STORE.md has the rest.
constexpr const char* settings = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
                                 "PRAGMA journal_size_limit=16777216; PRAGMA cache_size=-2048; "
                                 "PRAGMA temp_store=MEMORY; PRAGMA cache_spill=OFF";

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
            return sqlite_failure(SQLITE_CORRUPT, path, "check after an unclean stop", *verdict);
        notes.push_back("the daemon was not stopped cleanly; the store was checked and is whole");
    }
    return database.run("UPDATE meta SET value=1 WHERE name='open'");
}

Database::Options handle_options(const SqliteOptions& options) {
    Database::Options how;
    how.vfs = options.vfs;
    how.patience = options.patience;
    return how;
}

bool is_there(const std::string& path) {
    struct stat info {};
    return ::stat(path.c_str(), &info) == 0 || errno != ENOENT;
}

Failure nothing_there(const std::string& path) {
    return Failure{Cause::not_found, path + ": there is no store yet", "`crier run` makes it"};
}

/// A file that another version of crier made, or that was made and not filled yet.
Result<> check_is_current(Database& database, const std::string& path, std::size_t newest) {
    const Result<std::size_t> version = version_of(database);
    if (!version)
        return version.error();
    if (*version == 0)
        return nothing_there(path);
    if (*version < newest)
        return Failure{Cause::unsupported,
                       path + " was made by an older crier (schema " + std::to_string(*version) +
                           ", this one reads " + std::to_string(newest) + ")",
                       "start this version's daemon once: it brings the store up to date"};
    return {};
}

Result<Database> open_read_only(const SqliteOptions& options, const Steps& steps) {
    Database::Options how = handle_options(options);
    how.read_only = true;
    Result<Database> database = Database::open(options.path, how);
    if (!database)
        return database;
    if (Result<> set = database->run("PRAGMA temp_store=MEMORY"); !set)
        return set.error();
    if (Result<> checked = check_version(*database, options.path, steps.size()); !checked)
        return checked.error();
    return database;
}

Result<> copy_pages(Database& from, Database& to) {
    if (const int code = from.copy_to(to); code != SQLITE_DONE)
        return sqlite_failure(code, from.path(), "copy", sqlite3_errstr(code));
    // The copy of a file in WAL mode says so too, which memory cannot be.
    return to.run("PRAGMA journal_mode=MEMORY");
}

} // namespace

Result<Database> open_owned(const SqliteOptions& options, const Steps& steps,
                            std::vector<std::string>& notes) {
    if (Result<> made = make_private(options.path); !made)
        return made.error();
    Result<Database> database = Database::open(options.path, handle_options(options));
    if (!database)
        return database;
    database->keep_wal(true);
    if (Result<> checked = check_version(*database, options.path, steps.size()); !checked)
        return checked.error();
    if (Result<> set = database->run(settings); !set)
        return set.error();
    if (Result<> migrated =
            migrate(*database, options.path + ".before-" + std::to_string(steps.size()), steps, notes);
        !migrated)
        return migrated.error();
    if (Result<> checked = check_after_unclean_stop(*database, options.path, notes); !checked)
        return checked.error();
    database->keep_wal(false);
    database->empty_log_in_pauses();
    return database;
}

Result<Instant> compare_with_mark(Database& database, const std::optional<Instant>& mark,
                                  std::vector<std::string>& notes) {
    const Result<std::string> alive = database.ask("SELECT value FROM meta WHERE name='last_alive'");
    if (!alive)
        return alive.error();
    const Instant known{Duration{std::strtoll(alive->c_str(), nullptr, 10)}};
    if (known == Instant{}) // a new one, which knows all that there is to know
        return known;
    if (mark && *mark <= known)
        return known;
    if (mark)
        notes.push_back("the store was put back: it was last used at " + to_rfc3339(known) +
                        ", and crier was alive here at " + to_rfc3339(*mark));
    const Trust trust = mark ? Trust::put_back : Trust::unsure;
    if (Result<> noted = database.run("UPDATE meta SET value=max(value, " +
                                      std::to_string(static_cast<int>(trust)) + ") WHERE name='trust'");
        !noted)
        return noted.error();
    return known;
}

Result<Database> open_to_read(const SqliteOptions& options, const Steps& steps) {
    if (!is_there(options.path))
        return nothing_there(options.path);
    Result<Database> database = open_read_only(options, steps);
    if (!database)
        return database;
    if (Result<> current = check_is_current(*database, options.path, steps.size()); !current)
        return current.error();
    return database;
}

Result<Database> open_copy(const SqliteOptions& options, const Steps& steps) {
    Result<Database> copy = Database::open(":memory:", {});
    if (!copy)
        return copy;
    if (is_there(options.path)) {
        Result<Database> original = open_read_only(options, steps);
        if (!original)
            return original;
        if (Result<> copied = copy_pages(*original, *copy); !copied)
            return copied.error();
    }
    std::vector<std::string> notes;
    if (Result<> migrated = migrate(*copy, {}, steps, notes); !migrated)
        return migrated.error();
    return copy;
}

Result<std::vector<std::string>> integrity_of(Database& database) {
    Statement statement = database.prepare("PRAGMA integrity_check(20)");
    if (!statement)
        return database.failure("check the whole file");
    std::vector<std::string> wrong;
    auto use = statement.use();
    while (use.row())
        if (std::string line = use.text(); line != "ok")
            wrong.push_back(std::move(line));
    if (use.failed())
        return database.failure("check the whole file");
    return wrong;
}

void close_cleanly(Database& database) {
    (void)database.run("UPDATE meta SET value=0 WHERE name='open'");
    (void)database.run("PRAGMA wal_checkpoint(TRUNCATE)");
}

} // namespace crier::store
