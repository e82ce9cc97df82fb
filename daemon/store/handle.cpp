#include "store/handle.hpp"

#include "store/private_file.hpp"

#include <sqlite3.h>

#include <exception>
#include <utility>

namespace crier::store {

Failure sqlite_failure(int code, const std::string& path, std::string_view doing, std::string_view words) {
    const std::string message = path + ": " + std::string{doing} + ": " + std::string{words};
    switch (code & 0xff) {
    case SQLITE_FULL:
        return Failure{Cause::temporary, path + ": the disk is full",
                       "nothing was lost; make room, and it goes on by itself"};
    case SQLITE_NOMEM:
        return Failure{Cause::temporary, message, "nothing was lost; the machine is out of memory"};
    case SQLITE_IOERR:
        return Failure{Cause::temporary, message, "nothing was lost; look at the disk: `dmesg`, `df`"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
        return Failure{Cause::temporary, message, "another program has the file open for writing"};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return Failure{Cause::corrupt, message,
                       "stop the daemon and keep a copy of " + path +
                           "*; then put a backup in its place, or see \"A damaged store\" in docs/STORE.md"};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
    case SQLITE_AUTH:
        return no_access(path, words, is_on_read_only(path));
    default:
        return Failure{Cause::internal, message, "this is a fault of crier: please report it"};
    }
}

namespace {

class LiteStatement final : public Prepared {
public:
    LiteStatement(sqlite3* database, sqlite3_stmt* statement)
        : database_(database)
        , statement_(statement) {}
    ~LiteStatement() override { sqlite3_finalize(statement_); }
    LiteStatement(const LiteStatement&) = delete;
    LiteStatement& operator=(const LiteStatement&) = delete;

    void bind(int at, std::string_view text) override {
        sqlite3_bind_text64(statement_, at, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
    }
    void bind(int at, std::int64_t number) override { sqlite3_bind_int64(statement_, at, number); }
    void bind_blob(int at, const unsigned char* data, std::size_t size) override {
        sqlite3_bind_blob64(statement_, at, data, size, SQLITE_STATIC);
    }
    void bind_null(int at, Type) override { sqlite3_bind_null(statement_, at); }

    bool row() override {
        code_ = sqlite3_step(statement_);
        return code_ == SQLITE_ROW;
    }
    bool done() override {
        code_ = sqlite3_step(statement_);
        return code_ == SQLITE_DONE || code_ == SQLITE_ROW;
    }
    bool later(std::optional<std::int64_t>* first) override {
        if (!done())
            return false;
        if (first != nullptr && code_ == SQLITE_ROW)
            *first = sqlite3_column_int64(statement_, 0);
        return true;
    }
    bool insert(std::optional<std::int64_t>* id) override {
        if (!done())
            return false;
        if (sqlite3_changes(database_) == 1)
            *id = sqlite3_last_insert_rowid(database_);
        return true;
    }
    bool failed() const noexcept override { return code_ != SQLITE_DONE && code_ != SQLITE_ROW; }
    std::int64_t changes() const noexcept override { return sqlite3_changes(database_); }
    void reset() noexcept override {
        sqlite3_reset(statement_);
        sqlite3_clear_bindings(statement_);
    }

    int columns() const noexcept override { return sqlite3_column_count(statement_); }
    bool is_null(int column) const noexcept override {
        return sqlite3_column_type(statement_, column) == SQLITE_NULL;
    }
    std::int64_t number(int column) const noexcept override {
        return sqlite3_column_int64(statement_, column);
    }
    std::string_view bytes(int column) const noexcept override {
        // Of text as of bytes: the database is in UTF-8, so nothing is converted.
        const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
        return {data,
                data == nullptr ? 0 : static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }

private:
    sqlite3* database_;
    sqlite3_stmt* statement_;
    int code_ = SQLITE_OK;
};

} // namespace

std::unique_ptr<Prepared> Database::compile(std::string_view sql, Keep keep) {
    sqlite3_stmt* statement = nullptr;
    const unsigned flags = keep == Keep::always ? SQLITE_PREPARE_PERSISTENT : 0;
    sqlite3_prepare_v3(database_, sql.data(), static_cast<int>(sql.size()), flags, &statement, nullptr);
    return statement == nullptr ? nullptr : std::make_unique<LiteStatement>(database_, statement);
}

bool Database::take(Turn turn) {
    constexpr std::array<std::string_view, turns> texts{
        "BEGIN IMMEDIATE", "BEGIN",         "COMMIT",           "ROLLBACK",
        "SAVEPOINT batch", "RELEASE batch", "ROLLBACK TO batch"};
    Statement& statement = turns_[turn];
    if (!statement)
        statement = prepare_to_keep(texts[turn]);
    return statement && statement.use().done();
}

/// One writer at a time is all that there is.
bool Database::begin(Writer) {
    return take(begin_turn);
}

bool Database::begin_reading() {
    return take(reading_turn);
}

Committed Database::commit() {
    return take(commit_turn) ? Committed::yes : Committed::no;
}

/// SQLite may have rolled back by itself already.
void Database::abandon() {
    if (in_transaction())
        (void)take(back_turn);
}

bool Database::open_savepoint() {
    return take(save_turn);
}

bool Database::keep_savepoint() {
    return take(keep_turn);
}

bool Database::undo_savepoint() {
    return take(undo_turn);
}

const Dialect& Database::dialect() const noexcept {
    static const Dialect lite = [] {
        Dialect all;
        all.not_uploaded = "EXISTS(SELECT 1 FROM json_each(content, '$.media') WHERE json_extract(value, "
                           "'$.id') IS NULL)";
        all.media_count = "json_array_length(content, '$.media')";
        all.status_has = "instr(lower(json_extract(content, '$.status')), lower(?))>0";
        all.put_alive = "UPDATE meta SET value=?1 WHERE name='last_alive' AND value<?1";
        all.read_alive = "SELECT value FROM meta WHERE name='last_alive'";
        return all;
    }();
    return lite;
}

Database::~Database() {
    turns_ = {};
    sqlite3_close_v2(database_);
}

Database::Database(Database&& other) noexcept
    : path_(std::move(other.path_))
    , database_(std::exchange(other.database_, nullptr))
    , turns_(std::move(other.turns_))
    , log_pages_(std::move(other.log_pages_)) {}

Database& Database::operator=(Database&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(database_, other.database_);
    std::swap(turns_, other.turns_);
    std::swap(log_pages_, other.log_pages_);
    return *this;
}

namespace {

/// Worth a pause: SQLite's own measure. And what is not waited for any longer: 16 MB, journal_size_limit.
constexpr int log_worth_emptying = 1000;
constexpr int longest_log = 4000;

int heed_log(void* pages, sqlite3* database, const char* name, int count) {
    *static_cast<int*>(pages) = count;
    if (count >= longest_log)
        sqlite3_wal_checkpoint_v2(database, name, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    return SQLITE_OK;
}

} // namespace

void Database::empty_log_in_pauses() {
    log_pages_ = std::make_unique<int>(0);
    sqlite3_wal_hook(database_, &heed_log, log_pages_.get());
}

void Database::empty_log() {
    if (!log_pages_ || *log_pages_ < log_worth_emptying)
        return;
    *log_pages_ = 0; // once, whatever comes of it, until the next commit
    sqlite3_wal_checkpoint_v2(database_, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

namespace {

/// SQLite counts its memory, under a lock at each allocation, which nobody asks about: a tenth of what a row
/// costs. It can be told so only before its first use.
void keep_no_count_of_memory() {
    static const int said = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    (void)said;
}

} // namespace

Result<Database> Database::open(const std::string& path, const Options& options) {
    keep_no_count_of_memory();
    Database database;
    database.path_ = path;
    const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                      (options.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    const int code = sqlite3_open_v2(path.c_str(), &database.database_, flags,
                                     options.vfs.empty() ? nullptr : options.vfs.c_str());
    if (code != SQLITE_OK)
        return sqlite_failure(code, path, "open", sqlite3_errstr(code));
    sqlite3_busy_timeout(database.database_, static_cast<int>(options.patience.count()));
    return database;
}

Result<> Database::run(const std::string& sql) {
    if (sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return failure(sql.substr(0, sql.find_first_of("\n(")));
    return {};
}

Result<std::string> Database::ask(const std::string& sql) {
    Statement statement = prepare(sql);
    if (!statement)
        return failure(sql);
    auto use = statement.use();
    if (use.row())
        return use.text();
    if (use.failed())
        return failure(sql);
    return std::string{};
}

Failure Database::failure(std::string_view doing) const {
    return sqlite_failure(sqlite3_extended_errcode(database_), path_, doing, sqlite3_errmsg(database_));
}

void Database::keep_wal(bool keep) noexcept {
    sqlite3_db_config(database_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep ? 1 : 0, nullptr);
}

bool Database::in_transaction() const noexcept {
    return sqlite3_get_autocommit(database_) == 0;
}

int Database::copy_to(Database& other) const {
    sqlite3_backup* backup = sqlite3_backup_init(other.database_, "main", database_, "main");
    const int code = backup == nullptr ? SQLITE_ERROR : sqlite3_backup_step(backup, -1);
    sqlite3_backup_finish(backup);
    return code;
}

} // namespace crier::store
