#pragma once

#include "core/digest.hpp"
#include "core/failure.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

/// What the tables need of a database: statements with values in and rows out, and transactions. SQLite
/// (handle.hpp) and PostgreSQL (postgres_handle.hpp) are behind it.
namespace crier::store {

/// What an engine's compiled statement can do. Columns count from 0, parameters from 1.
///
/// Thread: one at a time, the store's.
class Prepared {
public:
    enum class Type { number, text, blob };

    virtual ~Prepared() = default;
    /// Text and bytes are not copied: they stay until reset().
    virtual void bind(int at, std::string_view text) = 0;
    virtual void bind(int at, std::int64_t number) = 0;
    virtual void bind_blob(int at, const unsigned char* data, std::size_t size) = 0;
    virtual void bind_null(int at, Type type) = 0;

    /// The next row is there; false at the end, and on a failure.
    [[nodiscard]] virtual bool row() = 0;
    /// Runs it now; false on a failure.
    [[nodiscard]] virtual bool done() = 0;
    /// Runs it now or with what follows; what fails then is said by what is waited for next. The first
    /// column of its first row comes into `first` by then, which stays until the transaction ends.
    [[nodiscard]] virtual bool later(std::optional<std::int64_t>* first) = 0;
    /// Runs an INSERT of one row, which ends with Dialect::returning_id, as later() does. What comes into
    /// `id` is its id; nothing, where it was passed over.
    [[nodiscard]] virtual bool insert(std::optional<std::int64_t>* id) = 0;
    [[nodiscard]] virtual bool failed() const noexcept = 0;
    /// Rows that done() changed.
    [[nodiscard]] virtual std::int64_t changes() const noexcept = 0;
    virtual void reset() noexcept = 0;

    [[nodiscard]] virtual int columns() const noexcept = 0;
    [[nodiscard]] virtual bool is_null(int column) const noexcept = 0;
    [[nodiscard]] virtual std::int64_t number(int column) const noexcept = 0;
    /// Text or bytes, until the next row; nothing for null.
    [[nodiscard]] virtual std::string_view bytes(int column) const noexcept = 0;
};

/// A prepared statement. Bind, step, read; it resets itself and forgets its bindings when a Use of it goes.
///
/// Text is bound without a copy: it must stay until the Use goes.
class Statement {
public:
    Statement() = default;
    explicit Statement(std::unique_ptr<Prepared> prepared)
        : prepared_(std::move(prepared)) {}

    class Use;
    [[nodiscard]] Use use();
    [[nodiscard]] explicit operator bool() const noexcept { return prepared_ != nullptr; }

private:
    std::unique_ptr<Prepared> prepared_;
};

class Statement::Use {
public:
    explicit Use(Prepared& prepared) noexcept
        : prepared_(prepared) {}
    ~Use() { prepared_.reset(); }
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;

    Use& bind(std::string_view text) {
        // A view without data would bind null.
        prepared_.bind(++bound_, text.data() == nullptr ? std::string_view{""} : text);
        return *this;
    }
    Use& bind(std::int64_t number) {
        prepared_.bind(++bound_, number);
        return *this;
    }
    Use& bind(int number) { return bind(static_cast<std::int64_t>(number)); }
    Use& bind(bool value) { return bind(static_cast<std::int64_t>(value)); }
    Use& bind(Instant when) { return bind(static_cast<std::int64_t>(when.time_since_epoch().count())); }
    Use& bind(const std::optional<Instant>& when) {
        return when ? bind(*when) : null(Prepared::Type::number);
    }
    Use& bind(const std::optional<Mono>& when) {
        return when ? bind(static_cast<std::int64_t>(when->time_since_epoch().count()))
                    : null(Prepared::Type::number);
    }
    Use& bind(const Digest& digest) {
        prepared_.bind_blob(++bound_, digest.bytes.data(), digest.bytes.size());
        return *this;
    }
    Use& bind_bytes(std::string_view bytes) {
        prepared_.bind_blob(++bound_, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
        return *this;
    }
    Use& null(Prepared::Type type) {
        prepared_.bind_null(++bound_, type);
        return *this;
    }

    /// Another row is there. False at the end and on an error: see failed().
    [[nodiscard]] bool row() {
        column_ = 0;
        return prepared_.row();
    }
    /// Runs a statement that gives no rows; false on an error.
    [[nodiscard]] bool done() { return prepared_.done(); }
    /// Runs one whose answer is not waited for: Prepared::later.
    [[nodiscard]] bool later() { return prepared_.later(nullptr); }
    [[nodiscard]] bool later(std::optional<std::int64_t>& first) { return prepared_.later(&first); }
    [[nodiscard]] bool insert(std::optional<std::int64_t>& id) { return prepared_.insert(&id); }
    [[nodiscard]] bool failed() const noexcept { return prepared_.failed(); }
    [[nodiscard]] std::int64_t changes() const noexcept { return prepared_.changes(); }

    // The columns of the row, from left to right.
    [[nodiscard]] std::int64_t number() { return prepared_.number(next_column()); }
    [[nodiscard]] int small() { return static_cast<int>(number()); }
    [[nodiscard]] bool flag() { return number() != 0; }
    [[nodiscard]] std::string text() { return std::string{prepared_.bytes(next_column())}; }
    [[nodiscard]] Digest digest() {
        const std::string_view bytes = prepared_.bytes(next_column());
        return bytes.data() == nullptr ? Digest{} : Digest::from_bytes(bytes);
    }
    [[nodiscard]] Instant instant() { return Instant{Duration{number()}}; }
    [[nodiscard]] std::optional<Instant> maybe_instant() {
        const int column = next_column();
        if (prepared_.is_null(column))
            return std::nullopt;
        return Instant{Duration{prepared_.number(column)}};
    }
    [[nodiscard]] std::optional<Mono> maybe_mono() {
        const std::optional<Instant> when = maybe_instant(); // microseconds, as well
        return when ? std::optional{Mono{when->time_since_epoch()}} : std::nullopt;
    }

private:
    /// A column that the statement does not have would give nothing: what was remembered would be forgotten
    /// in silence.
    [[nodiscard]] int next_column() {
        if (column_ >= prepared_.columns())
            std::terminate();
        return column_++;
    }

    Prepared& prepared_;
    int bound_ = 0;
    int column_ = 0;
};

inline Statement::Use Statement::use() {
    return Use{*prepared_};
}

/// SQL that the engines do not have in common. What is said in one text for both is not here.
struct Dialect {
    /// One file at least of the post `content` has not been uploaded.
    std::string not_uploaded;
    /// How many files it has.
    std::string media_count;
    /// Its text has ? in it, without regard to ASCII case.
    std::string status_has;
    /// After an INSERT whose id is wanted.
    std::string returning_id;
    /// insert_post looks for a tombstone by itself. (SQLite keeps of an INSERT that selects what it would
    /// take to undo it, of every page that it touches.)
    bool insert_heeds_tombstones = false;
    std::string put_alive;  ///< ?1: this daemon's last sign of life
    std::string read_alive; ///< the latest of all of them
    /// ?1: a thing, ?2: this daemon's life, 0: none. A row: not 0 where the life may
    /// write, and nobody else gets the lease until that is committed. Empty: the store has one owner.
    std::string hold_lease;
    std::string notify_wished;  ///< tells others that there are wishes; empty: there are none
    std::string notify_written; ///< ?1: an account whose posts others may wait for; empty: there are none
};

/// What a commit came to.
enum class Committed {
    yes,
    no,        ///< nothing was written: why says Connection::failure
    not_known, ///< the answer was lost, and nobody could be asked: likewise
};

/// An open database.
///
/// Thread: one at a time, the store's.
class Connection {
public:
    Connection() = default;
    virtual ~Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Compiles it; nothing, where it fails at once.
    [[nodiscard]] Statement prepare(std::string_view sql) { return Statement{compile(sql, Keep::once)}; }
    /// One that is used again and again.
    [[nodiscard]] Statement prepare_to_keep(std::string_view sql) {
        return Statement{compile(sql, Keep::always)};
    }
    /// One whose rows may be more than fit into memory, within begin_reading().
    [[nodiscard]] Statement prepare_in_pieces(std::string_view sql) {
        return Statement{compile(sql, Keep::pieces)};
    }

    enum class Writer {
        shared, ///< others may write at the same time, where the engine lets them
        alone,  ///< nobody else writes until it is over
    };
    [[nodiscard]] virtual bool begin(Writer writer) = 0;
    /// All that is read until commit() or abandon() is of one moment.
    [[nodiscard]] virtual bool begin_reading() = 0;
    [[nodiscard]] virtual Committed commit() = 0;
    /// Takes back what is not committed, as far as there is anything.
    virtual void abandon() = 0;
    // A savepoint: one at a time.
    [[nodiscard]] virtual bool open_savepoint() = 0;
    [[nodiscard]] virtual bool keep_savepoint() = 0;
    [[nodiscard]] virtual bool undo_savepoint() = 0;
    /// Waits for what was to be done later; false where something of it failed.
    [[nodiscard]] virtual bool settle() = 0;

    /// Why the last call failed.
    [[nodiscard]] virtual Failure failure(std::string_view doing) const = 0;
    [[nodiscard]] virtual const Dialect& dialect() const noexcept = 0;
    /// Others that share the database may wait for what is written of it.
    [[nodiscard]] virtual bool tells_of(std::string_view) const { return false; }
    /// How to look at it by hand.
    [[nodiscard]] virtual std::string_view looker() const noexcept = 0;

protected:
    enum class Keep { once, always, pieces };
    [[nodiscard]] virtual std::unique_ptr<Prepared> compile(std::string_view sql, Keep keep) = 0;
};

} // namespace crier::store
