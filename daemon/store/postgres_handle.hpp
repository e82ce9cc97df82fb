#pragma once

#include "store/sql.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct pg_conn;
struct pg_result;

namespace crier::store {

/// Where a database in PostgreSQL is, and how long one waits for it.
struct PostgresTarget {
    std::string url; ///< as libpq takes it; a password in it is never said
    std::string application = "crier";
    bool read_only = false;
    std::chrono::milliseconds connect_patience{5000};    ///< of each host; whole seconds
    std::chrono::milliseconds statement_patience{15000}; ///< the server ends what takes longer
    std::chrono::milliseconds lock_patience{5000};
    std::chrono::milliseconds idle_patience{10000};    ///< within a transaction; then its locks are free
    std::chrono::milliseconds unknown_patience{60000}; ///< of a commit whose answer was lost

    PostgresTarget() = default;
};

/// "postgresql://user@host:port/database": what messages name. Nothing of what does not read.
[[nodiscard]] std::string name_of_postgres(const std::string& url);

/// Why a URL is none, in libpq's words.
[[nodiscard]] Result<> check_postgres_url(const std::string& url);

/// What stands in a URL may be read by whoever reads the configuration.
[[nodiscard]] bool has_password(const std::string& url);

/// What an error of the server's means, by its SQLSTATE: "23505". Empty: the connection failed.
[[nodiscard]] Failure postgres_failure(std::string_view state, const std::string& database,
                                       std::string_view doing, std::string_view words);

/// What this process is to the other daemons; shared by the store's connection and the leases'.
struct PostgresSelf {
    std::int64_t opened = 0;           ///< a number of its own, made when the store was opened
    std::atomic<std::int64_t> life{0}; ///< as the engine knows it; 0: none
    std::atomic<bool> stopping{false}; ///< nothing is waited for any longer than it must be
    /// Is this daemon the one that works on it? Of any thread. Null: nobody knows.
    std::function<bool(std::string_view thing)> holds;

    PostgresSelf() = default;
};

/// A connection to PostgreSQL, over libpq. Statements are queued and sent together with the first one whose
/// answer is waited for: one round trip for all of them. A statement that fails lets those behind it be
/// skipped.
///
/// A connection that is lost stays so until connect() is called; all that is asked meanwhile fails at once.
/// Statements are compiled anew with their next use.
///
/// A commit whose answer was lost is never guessed. Each write sets a number in a row of this process (table
/// `writers`), by a statement that fails where the row names another connection; who connects anew puts its
/// own name there, which waits for what the old connection still has open, and reads the number. From then on
/// the old one can commit nothing, and what it did commit is known.
///
/// Thread: one at a time.
class Postgres final : public Connection {
public:
    /// `self` null: it does not write posts, and its commits are not asked about. Neither connects.
    Postgres(PostgresTarget target, std::shared_ptr<PostgresSelf> self);
    ~Postgres() override;

    /// Connects, or connects anew.
    [[nodiscard]] Result<> connect();
    /// From now on connect() takes the row in `writers`, and the first time makes it.
    [[nodiscard]] Result<> be_writer(const std::string& name);
    [[nodiscard]] bool connected() const noexcept;
    /// How many there have been: another number is another connection.
    [[nodiscard]] std::uint64_t connections() const noexcept { return connections_; }
    /// The last commit's answer was lost, and is not known.
    [[nodiscard]] bool unknown() const noexcept { return failed_ && error_state_ == "08007"; }
    /// The last failure is of a kind that goes away when the same is done once more: a deadlock.
    [[nodiscard]] bool worth_another_try() const noexcept;

    /// Runs statements without results, one after another, outside the pipeline.
    [[nodiscard]] Result<> run(const std::string& sql);
    /// The first column of the first row, as text.
    [[nodiscard]] Result<std::string> ask(const std::string& sql);

    [[nodiscard]] bool begin(Writer writer) override;
    [[nodiscard]] bool begin_reading() override;
    [[nodiscard]] Committed commit() override;
    void abandon() override;
    [[nodiscard]] bool open_savepoint() override;
    [[nodiscard]] bool keep_savepoint() override;
    [[nodiscard]] bool undo_savepoint() override;
    [[nodiscard]] bool settle() override;
    [[nodiscard]] Failure failure(std::string_view doing) const override;
    [[nodiscard]] const Dialect& dialect() const noexcept override { return dialect_; }
    [[nodiscard]] std::string_view looker() const noexcept override { return "psql"; }
    [[nodiscard]] bool tells_of(std::string_view thing) const override;

    /// How often an answer was waited for.
    [[nodiscard]] std::uint64_t round_trips() const noexcept { return round_trips_; }
    /// Called with each statement that is sent and its parameters' types, for tests that look at plans.
    std::function<void(const std::string& sql, const std::vector<unsigned>& types)> on_statement;

    // For who listens.
    [[nodiscard]] int socket() const noexcept;
    /// What was told by NOTIFY since the last call; reads what has come, waits for nothing.
    [[nodiscard]] std::vector<std::string> notifications();

    [[nodiscard]] const std::string& name() const noexcept { return name_; }

protected:
    [[nodiscard]] std::unique_ptr<Prepared> compile(std::string_view sql, Keep keep) override;

private:
    class PreparedHere;
    struct Clear {
        void operator()(pg_result* result) const noexcept;
    };
    using Answer = std::unique_ptr<pg_result, Clear>;
    struct Queued {
        enum class What { parse, run } what = What::run;
        std::size_t statement = 0; ///< parse: its place in compiled_
        std::optional<std::int64_t>* first = nullptr;
    };
    struct Values {
        std::vector<const char*> data;
        std::vector<int> lengths;
        std::vector<int> formats;
        std::vector<unsigned> types;
    };
    enum class Compiled : unsigned char { no, queued, yes };

    [[nodiscard]] bool send(const std::string& sql, std::size_t kept, const Values& values,
                            std::optional<std::int64_t>* first);
    [[nodiscard]] bool queue(const std::string& sql);
    /// Sends what is queued and waits for all answers. The last one comes into `last`.
    [[nodiscard]] bool settle_into(Answer* last);
    void take_answer(const Queued& queued, pg_result* result);
    [[nodiscard]] bool wait_for_answer();
    void note_error(const pg_result* result);
    void note_loss(std::string words);
    void disconnect() noexcept;
    [[nodiscard]] Failure refused(pg_conn* connection);
    [[nodiscard]] Result<> set_session();
    [[nodiscard]] Result<> take_writer_row();
    [[nodiscard]] Committed find_out();

    PostgresTarget target_;
    std::shared_ptr<PostgresSelf> self_;
    std::string name_;
    Dialect dialect_;
    pg_conn* connection_ = nullptr;
    std::deque<Queued> queue_;
    std::vector<Compiled> compiled_; ///< by statement
    std::string error_state_;        ///< of the first failure since the last wait
    std::string error_words_;
    bool failed_ = false; ///< since the last wait
    std::string writer_;  ///< the name in `writers`; empty: this one writes nothing
    std::int64_t session_ = 0;
    std::int64_t turn_ = 0;       ///< of the last commit that was begun
    std::int64_t known_turn_ = 0; ///< what the row said when it was taken
    bool in_transaction_ = false;
    bool writing_ = false; ///< its commit is to be known of
    std::uint64_t round_trips_ = 0;
    std::uint64_t connections_ = 0;
    std::uint64_t cursors_ = 0;
};

} // namespace crier::store
