#pragma once

#include "core/digest.hpp"
#include "core/failure.hpp"
#include "core/time.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace crier::store {

/// What SQLite's code means, with what to do about it: `doing` what, and its own `words`.
[[nodiscard]] Failure sqlite_failure(int code, const std::string& path, std::string_view doing,
                                     std::string_view words);

/// A prepared statement. Bind, step, read; it resets itself and forgets its bindings when a Use of it goes.
///
/// Text is bound without a copy: it must stay until the Use goes.
class Statement {
public:
    Statement() = default;
    Statement(sqlite3* database, std::string_view sql);
    ~Statement();
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&& other) noexcept;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    class Use;
    [[nodiscard]] Use use();
    [[nodiscard]] explicit operator bool() const noexcept { return statement_ != nullptr; }

private:
    sqlite3_stmt* statement_ = nullptr;
};

class Statement::Use {
public:
    explicit Use(sqlite3_stmt* statement) noexcept
        : statement_(statement) {}
    ~Use();
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;

    Use& bind(std::string_view text);
    Use& bind(std::int64_t number);
    Use& bind(int number) { return bind(static_cast<std::int64_t>(number)); }
    Use& bind(bool value) { return bind(static_cast<std::int64_t>(value)); }
    Use& bind(Instant when) { return bind(static_cast<std::int64_t>(when.time_since_epoch().count())); }
    Use& bind(const std::optional<Instant>& when) { return when ? bind(*when) : null(); }
    Use& bind(const std::optional<Mono>& when) {
        return when ? bind(static_cast<std::int64_t>(when->time_since_epoch().count())) : null();
    }
    Use& bind(const Digest& digest);
    Use& null();

    /// Another row is there. False at the end and on an error: see code().
    [[nodiscard]] bool row();
    /// Runs a statement that gives no rows; false on an error.
    [[nodiscard]] bool done();
    [[nodiscard]] int code() const noexcept { return code_; }

    // The columns of the row, from left to right.
    [[nodiscard]] std::int64_t number();
    [[nodiscard]] int small() { return static_cast<int>(number()); }
    [[nodiscard]] bool flag() { return number() != 0; }
    [[nodiscard]] std::string text();
    [[nodiscard]] Digest digest();
    [[nodiscard]] Instant instant() { return Instant{Duration{number()}}; }
    [[nodiscard]] std::optional<Instant> maybe_instant();
    [[nodiscard]] std::optional<Mono> maybe_mono();

private:
    [[nodiscard]] int next_column();

    sqlite3_stmt* statement_;
    int bound_ = 0;
    int column_ = 0;
    int code_ = 0;
};

/// An open database file.
class Database {
public:
    Database() = default;
    ~Database();
    Database(Database&& other) noexcept;
    Database& operator=(Database&& other) noexcept;
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    struct Options {
        bool read_only = false;
        std::string vfs;                          ///< empty: the default one
        std::chrono::milliseconds patience{5000}; ///< with another program that holds the file
    };
    [[nodiscard]] static Result<Database> open(const std::string& path, const Options& options);

    /// Runs statements without results.
    [[nodiscard]] Result<> run(const std::string& sql);
    /// The first column of the first row.
    [[nodiscard]] Result<std::string> ask(const std::string& sql);
    [[nodiscard]] Statement prepare(std::string_view sql) { return Statement{database_, sql}; }
    /// Why the last call failed.
    [[nodiscard]] Failure failure(std::string_view doing) const;
    [[nodiscard]] const std::string& path() const noexcept { return path_; }
    [[nodiscard]] std::int64_t last_id() const noexcept;
    [[nodiscard]] int changes() const noexcept;
    [[nodiscard]] bool in_transaction() const noexcept;
    /// Closing then writes nothing: the file stays as it was found.
    void keep_wal(bool keep) noexcept;
    /// From now on a commit leaves what it wrote in the log (the -wal file) until empty_log() is called,
    /// unless the log has become long.
    void empty_log_in_pauses();
    /// Brings a log of some length into the file. What goes wrong is met again by the next commit.
    void empty_log();
    /// All of it in the place of what is there, by SQLite's online backup in one step; its code, SQLITE_DONE
    /// when it is good.
    [[nodiscard]] int copy_to(Database& other) const;
    [[nodiscard]] sqlite3* raw() const noexcept { return database_; }

private:
    std::string path_;
    sqlite3* database_ = nullptr;
    std::unique_ptr<int> log_pages_; ///< as the last commit left them
};

} // namespace crier::store
