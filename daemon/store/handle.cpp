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

Statement::Statement(sqlite3* database, std::string_view sql) {
    sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                       &statement_, nullptr);
}

Statement::~Statement() {
    sqlite3_finalize(statement_);
}

Statement::Statement(Statement&& other) noexcept
    : statement_(std::exchange(other.statement_, nullptr)) {}

Statement& Statement::operator=(Statement&& other) noexcept {
    std::swap(statement_, other.statement_);
    return *this;
}

Statement::Use Statement::use() {
    return Use{statement_};
}

Statement::Use::~Use() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
}

Statement::Use& Statement::Use::bind(std::string_view text) {
    // A view without data would bind NULL.
    const char* data = text.data() == nullptr ? "" : text.data();
    sqlite3_bind_text64(statement_, ++bound_, data, text.size(), SQLITE_STATIC, SQLITE_UTF8);
    return *this;
}

Statement::Use& Statement::Use::bind(std::int64_t number) {
    sqlite3_bind_int64(statement_, ++bound_, number);
    return *this;
}

Statement::Use& Statement::Use::bind(const Digest& digest) {
    sqlite3_bind_blob64(statement_, ++bound_, digest.bytes.data(), digest.bytes.size(), SQLITE_STATIC);
    return *this;
}

Statement::Use& Statement::Use::null() {
    sqlite3_bind_null(statement_, ++bound_);
    return *this;
}

bool Statement::Use::row() {
    column_ = 0;
    code_ = sqlite3_step(statement_);
    return code_ == SQLITE_ROW;
}

bool Statement::Use::done() {
    code_ = sqlite3_step(statement_);
    return code_ == SQLITE_DONE || code_ == SQLITE_ROW;
}

/// SQLite gives nothing for a column that the statement does not have: what was remembered would be forgotten
/// in silence.
int Statement::Use::next_column() {
    if (column_ >= sqlite3_column_count(statement_))
        std::terminate();
    return column_++;
}

std::int64_t Statement::Use::number() {
    return sqlite3_column_int64(statement_, next_column());
}

std::string Statement::Use::text() {
    const int column = next_column();
    const auto* data = sqlite3_column_text(statement_, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return data == nullptr ? std::string{} : std::string(reinterpret_cast<const char*>(data), size);
}

Digest Statement::Use::digest() {
    const int column = next_column();
    const void* data = sqlite3_column_blob(statement_, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return data == nullptr ? Digest{} : Digest::from_bytes({static_cast<const char*>(data), size});
}

std::optional<Instant> Statement::Use::maybe_instant() {
    if (sqlite3_column_type(statement_, column_) == SQLITE_NULL) {
        (void)next_column();
        return std::nullopt;
    }
    return instant();
}

std::optional<Mono> Statement::Use::maybe_mono() {
    const std::optional<Instant> when = maybe_instant(); // microseconds, as well
    return when ? std::optional{Mono{when->time_since_epoch()}} : std::nullopt;
}

Database::~Database() {
    sqlite3_close_v2(database_);
}

Database::Database(Database&& other) noexcept
    : path_(std::move(other.path_))
    , database_(std::exchange(other.database_, nullptr))
    , log_pages_(std::move(other.log_pages_)) {}

Database& Database::operator=(Database&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(database_, other.database_);
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
    if (use.code() != SQLITE_DONE)
        return failure(sql);
    return std::string{};
}

Failure Database::failure(std::string_view doing) const {
    return sqlite_failure(sqlite3_extended_errcode(database_), path_, doing, sqlite3_errmsg(database_));
}

std::int64_t Database::last_id() const noexcept {
    return sqlite3_last_insert_rowid(database_);
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

int Database::changes() const noexcept {
    return sqlite3_changes(database_);
}

} // namespace crier::store
