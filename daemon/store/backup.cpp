#include "store/backup.hpp"

#include "store/opening.hpp"
#include "store/private_file.hpp"
#include "store/schema.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>
#include <unistd.h>
#include <vector>

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

std::string folder_of(const std::string& path) {
    const fs::path folder = fs::path{path}.parent_path();
    return folder.empty() ? "." : folder.string();
}

/// By errno, of the file that was asked for, whatever its first name. It is no store, so what must be so of a
/// store's folder is no hint.
Failure not_written(const std::string& to) {
    if (errno == ENOENT || errno == ENOTDIR) {
        const std::string folder = folder_of(to);
        return Failure{Cause::not_found, "the folder " + folder + " does not exist", "mkdir -p " + folder};
    }
    Failure failure = file_failure(to);
    if (failure.cause == Cause::permission)
        failure.hint = "name a folder that is there and that this user may write to";
    return failure;
}

constexpr std::string_view first_name = ".part";
constexpr const char* beside_it[] = {"", "-journal", "-wal", "-shm"};

/// The copy under its first name, with its maker's process in it; it goes with the object, unless it got its
/// own.
class Unfinished {
public:
    explicit Unfinished(std::string path)
        : path_(std::move(path)) {}
    ~Unfinished() {
        for (const char* part : beside_it)
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
            if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS)
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

/// "crier.db.4711.part-journal" is of "crier.db" and the process 4711.
struct FirstName {
    std::string_view backup;
    pid_t maker = 0;
};

std::optional<FirstName> read_first_name(std::string_view name) {
    for (const std::string_view part : beside_it)
        if (!part.empty() && name.ends_with(part)) {
            name.remove_suffix(part.size());
            break;
        }
    if (!name.ends_with(first_name))
        return std::nullopt;
    name.remove_suffix(first_name.size());
    const auto dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0)
        return std::nullopt;
    FirstName read;
    read.backup = name.substr(0, dot);
    const std::string_view digits = name.substr(dot + 1);
    const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), read.maker);
    if (end.ec != std::errc{} || end.ptr != digits.data() + digits.size() || read.maker <= 0)
        return std::nullopt;
    return read;
}

bool is_alive(pid_t process) {
    return ::kill(process, 0) == 0 || errno != ESRCH;
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

namespace {

/// Another machine or container has processes of its own, and may be at work in the same folder.
bool is_old(const fs::directory_entry& entry) {
    std::error_code error;
    const auto written = entry.last_write_time(error);
    return !error && written + std::chrono::hours{1} < fs::file_time_type::clock::now();
}

} // namespace

void remove_unfinished(const std::string& folder, const std::function<bool(std::string_view)>& is_backup) {
    std::error_code error;
    std::vector<fs::path> gone;
    for (const fs::directory_entry& entry : fs::directory_iterator{folder, error}) {
        const std::string name = entry.path().filename().string();
        const std::optional<FirstName> first = read_first_name(name);
        if (first && is_backup(first->backup) && !is_alive(first->maker) && entry.is_regular_file(error) &&
            is_old(entry))
            gone.push_back(entry.path());
    }
    for (const fs::path& path : gone)
        (void)fs::remove(path, error); // what cannot be removed hinders nobody
}

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
    remove_unfinished(folder_of(to), [name = fs::path{to}.filename().string()](std::string_view backup) {
        return backup == name;
    });
    const Unfinished unfinished{to + "." + std::to_string(::getpid()) + std::string{first_name}};
    (void)::unlink(unfinished.path().c_str());
    if (const Result<> made = make_private(unfinished.path()); !made)
        return not_written(to);
    {
        Result<Database> copy = Database::open(unfinished.path(), {});
        if (!copy)
            return copy.error();
        if (Result<> copied = copy_whole(*original, *copy); !copied)
            return copied;
        if (Result<> good = check_copy(*copy, path); !good)
            return good;
    }
    if (Result<> durable = make_durable(unfinished.path()); !durable)
        return durable;
    return unfinished.give_name(to, replace);
}

} // namespace crier::store
