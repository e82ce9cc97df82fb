#include "store/backup.hpp"

#include "store/opening.hpp"
#include "store/private_file.hpp"
#include "store/schema.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <unistd.h>

namespace crier::store {

namespace {

namespace fs = std::filesystem;

/// A file of the store's own, under whatever name.
bool is_of_store(const std::string& path, const std::string& to) {
    for (const char* part : {"", "-wal", "-shm", "-journal", ".lock"}) {
        std::error_code error;
        if (fs::equivalent(path + part, to, error) && !error)
            return true;
        if (fs::weakly_canonical(path + part, error) == fs::weakly_canonical(to, error))
            return true;
    }
    return false;
}

Failure there_already(const std::string& to) {
    return Failure{Cause::conflict, to + " is there already", "name another file, or --force writes it anew"};
}

/// The file is no store, so what must be so of a store's folder is no hint.
Failure not_written(const std::string& path) {
    Failure failure = file_failure(path);
    if (failure.cause == Cause::permission)
        failure.hint = "name a folder that is there and that this user may write to";
    return failure;
}

/// The copy under its first name; it goes with the object, unless it got its own.
class Unfinished {
public:
    explicit Unfinished(std::string path)
        : path_(std::move(path)) {}
    ~Unfinished() {
        for (const char* part : {"", "-journal", "-wal", "-shm"})
            (void)::unlink((path_ + part).c_str());
    }
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;

    [[nodiscard]] const std::string& path() const noexcept { return path_; }

    /// Nothing that came there meanwhile is overwritten, unless that is wanted.
    [[nodiscard]] Result<> give_name(const std::string& name, Replace replace) const {
        if (replace == Replace::never) {
            if (::link(path_.c_str(), name.c_str()) == 0)
                return make_durable(name);
            if (errno == EEXIST)
                return there_already(name);
            if (errno != EPERM && errno != ENOTSUP && errno != EOPNOTSUPP)
                return not_written(name);
            if (::access(name.c_str(), F_OK) == 0) // a file system without second names
                return there_already(name);
        }
        if (::rename(path_.c_str(), name.c_str()) != 0)
            return not_written(name);
        return make_durable(name);
    }

private:
    std::string path_;
};

/// In one step: a reader of a log keeps nobody from writing, and a copy in several begins anew with each
/// write of somebody else.
Result<> copy_whole(Database& from, Database& to) {
    if (const int code = from.copy_to(to); code != SQLITE_DONE)
        return sqlite_failure(code, to.path(), "copy the store", sqlite3_errstr(code));
    // One file, without a log beside it; and one that was read from end to end needs no second look.
    return to.run("PRAGMA journal_mode=DELETE; UPDATE meta SET value=0 WHERE name='open'");
}

Result<> check_copy(Database& copy, const std::string& store) {
    const Result<std::string> verdict = copy.ask("PRAGMA quick_check(1)");
    if (!verdict)
        return verdict.error();
    if (*verdict != "ok")
        return sqlite_failure(SQLITE_CORRUPT, store, "check the copy", *verdict);
    return {};
}

} // namespace

Result<> backup_sqlite(const std::string& path, const std::string& to, Replace replace) {
    if (is_of_store(path, to))
        return Failure{Cause::conflict, to + " is the store itself", "name another file"};
    if (replace == Replace::never && ::access(to.c_str(), F_OK) == 0)
        return there_already(to);
    SqliteOptions options;
    options.path = path;
    Result<Database> original = open_to_read(options, migrations());
    if (!original)
        return original.error();
    const Unfinished unfinished{to + "." + std::to_string(::getpid()) + ".part"};
    (void)::unlink(unfinished.path().c_str());
    if (const Result<> made = make_private(unfinished.path()); !made)
        return not_written(unfinished.path());
    {
        Result<Database> copy = Database::open(unfinished.path(), {});
        if (!copy)
            return copy.error();
        if (const Result<> copied = copy_whole(*original, *copy); !copied)
            return copied;
        if (const Result<> good = check_copy(*copy, path); !good)
            return good;
    }
    if (const Result<> durable = make_durable(unfinished.path()); !durable)
        return durable;
    return unfinished.give_name(to, replace);
}

} // namespace crier::store
