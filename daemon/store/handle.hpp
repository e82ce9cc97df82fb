#pragma once

#include "store/sql.hpp"

#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;

namespace crier::store {

/// What SQLite's code means, with what to do about it: `doing` what, and its own `words`.
[[nodiscard]] Failure sqlite_failure(int code, const std::string& path, std::string_view doing,
                                     std::string_view words);

/// An open database file.
class Database final : public Connection {
public:
    Database() = default;
    ~Database() override;
    Database(Database&& other) noexcept;
    Database& operator=(Database&& other) noexcept;

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

    [[nodiscard]] bool begin(Writer writer) override;
    [[nodiscard]] bool begin_reading() override;
    [[nodiscard]] Committed commit() override;
    void abandon() override;
    [[nodiscard]] bool open_savepoint() override;
    [[nodiscard]] bool keep_savepoint() override;
    [[nodiscard]] bool undo_savepoint() override;
    [[nodiscard]] bool settle() override { return true; }
    [[nodiscard]] Failure failure(std::string_view doing) const override;
    [[nodiscard]] const Dialect& dialect() const noexcept override;
    [[nodiscard]] std::string_view looker() const noexcept override { return "sqlite3 -readonly"; }

    [[nodiscard]] const std::string& path() const noexcept { return path_; }
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

protected:
    [[nodiscard]] std::unique_ptr<Prepared> compile(std::string_view sql, Keep keep) override;

private:
    enum Turn : std::size_t {
        begin_turn,
        reading_turn,
        commit_turn,
        back_turn,
        save_turn,
        keep_turn,
        undo_turn,
        turns
    };
    [[nodiscard]] bool take(Turn turn);

    std::string path_;
    sqlite3* database_ = nullptr;
    std::array<Statement, turns> turns_; ///< made with their first use; gone before the database is closed
    std::unique_ptr<int> log_pages_;     ///< as the last commit left them
};

} // namespace crier::store
