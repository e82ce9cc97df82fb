#include "store/postgres_handle.hpp"

#include "store/sql_text.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <endian.h>
#include <libpq-fe.h>
#include <poll.h>
#include <thread>
#include <utility>

namespace crier::store {

namespace {

using namespace std::chrono_literals;

// Types as pg_type numbers them.
constexpr unsigned type_bytes = 17;
constexpr unsigned type_number = 20;
constexpr unsigned type_text = 25;

/// So many answers at most are waited for at once.
constexpr std::size_t longest_queue = 400;
/// Rows that are read at a time of what may not fit into memory.
constexpr const char* next_piece = "FETCH FORWARD 1000 FROM ";
constexpr std::size_t not_kept = static_cast<std::size_t>(-1);

std::int64_t number_of(const PGresult* result, int row, int column) noexcept {
    if (PQgetisnull(result, row, column) != 0)
        return 0;
    const char* data = PQgetvalue(result, row, column);
    switch (PQgetlength(result, row, column)) {
    case 8: {
        std::uint64_t wide = 0;
        std::memcpy(&wide, data, sizeof wide);
        return static_cast<std::int64_t>(be64toh(wide));
    }
    case 4: {
        std::uint32_t narrow = 0;
        std::memcpy(&narrow, data, sizeof narrow);
        return static_cast<std::int32_t>(be32toh(narrow));
    }
    case 1: // a truth value
        return data[0];
    default:
        return 0;
    }
}

std::string text_of(const char* words) {
    std::string text = words == nullptr ? "" : words;
    while (!text.empty() && (text.back() == '\n' || text.back() == ' '))
        text.pop_back();
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

std::string milliseconds(std::chrono::milliseconds time) {
    return std::to_string(time.count());
}

} // namespace

void Postgres::Clear::operator()(pg_result* result) const noexcept {
    PQclear(result);
}

/// A statement, its values, and its rows.
class Postgres::PreparedHere final : public Prepared {
public:
    PreparedHere(Postgres& database, std::string sql, std::size_t kept, bool pieces)
        : database_(database)
        , sql_(std::move(sql))
        , kept_(kept)
        , pieces_(pieces) {}

    void bind(int at, std::string_view text) override {
        if (!is_plain_utf8(text)) {
            mended_.push_back(as_plain_utf8(text));
            text = mended_.back();
        }
        put(at, text.data(), text.size(), type_text);
    }
    void bind(int at, std::int64_t number) override {
        numbers_.push_back(htobe64(static_cast<std::uint64_t>(number)));
        put(at, reinterpret_cast<const char*>(&numbers_.back()), sizeof(std::uint64_t), type_number);
    }
    void bind_blob(int at, const unsigned char* data, std::size_t size) override {
        put(at, reinterpret_cast<const char*>(data), size, type_bytes);
    }
    void bind_null(int at, Type type) override {
        put(at, nullptr, 0, type == Type::number ? type_number : type == Type::text ? type_text : type_bytes);
    }

    bool row() override {
        if (!ran_ && !run())
            return false;
        if (++row_ < rows())
            return true;
        if (!pieces_ || rows() == 0 || failed_)
            return false;
        failed_ =
            !database_.send(next_piece + cursor_, not_kept, {}, nullptr) || !database_.settle_into(&answer_);
        row_ = 0;
        return !failed_ && rows() > 0;
    }
    bool done() override { return run(); }
    bool later(std::optional<std::int64_t>* first) override {
        failed_ = !database_.send(sql_, kept_, values_, first);
        return !failed_;
    }
    bool insert(std::optional<std::int64_t>* id) override { return later(id); }
    bool failed() const noexcept override { return failed_; }
    std::int64_t changes() const noexcept override {
        return answer_ ? std::strtoll(PQcmdTuples(answer_.get()), nullptr, 10) : 0;
    }
    void reset() noexcept override {
        answer_.reset();
        values_ = {};
        numbers_.clear();
        mended_.clear();
        row_ = -1;
        ran_ = failed_ = false;
    }

    int columns() const noexcept override { return answer_ ? PQnfields(answer_.get()) : 0; }
    bool is_null(int column) const noexcept override { return PQgetisnull(answer_.get(), row_, column) != 0; }
    std::int64_t number(int column) const noexcept override { return number_of(answer_.get(), row_, column); }
    std::string_view bytes(int column) const noexcept override {
        if (is_null(column))
            return {};
        return {PQgetvalue(answer_.get(), row_, column),
                static_cast<std::size_t>(PQgetlength(answer_.get(), row_, column))};
    }

private:
    void put(int at, const char* data, std::size_t size, unsigned type) {
        const auto count = std::max(static_cast<std::size_t>(at), values_.data.size());
        values_.data.resize(count);
        values_.lengths.resize(count);
        values_.formats.resize(count, 1);
        values_.types.resize(count);
        const auto i = static_cast<std::size_t>(at) - 1;
        values_.data[i] = data;
        values_.lengths[i] = static_cast<int>(size);
        values_.types[i] = type;
    }

    bool run() {
        ran_ = true;
        row_ = -1;
        if (pieces_) {
            cursor_ = "piece" + std::to_string(++database_.cursors_);
            failed_ = !database_.send("DECLARE " + cursor_ + " NO SCROLL CURSOR FOR " + sql_, not_kept,
                                      values_, nullptr) ||
                      !database_.send(next_piece + cursor_, not_kept, {}, nullptr);
        } else {
            failed_ = !database_.send(sql_, kept_, values_, nullptr);
        }
        failed_ = failed_ || !database_.settle_into(&answer_);
        return !failed_;
    }

    [[nodiscard]] int rows() const noexcept { return answer_ ? PQntuples(answer_.get()) : 0; }

    Postgres& database_;
    std::string sql_;
    std::size_t kept_;
    bool pieces_;
    std::string cursor_;
    Values values_;
    std::deque<std::uint64_t> numbers_; ///< whose places stay
    std::deque<std::string> mended_;
    Answer answer_;
    int row_ = -1;
    bool ran_ = false;
    bool failed_ = false;
};

Postgres::Postgres(PostgresTarget target, std::shared_ptr<PostgresSelf> self)
    : target_(std::move(target))
    , self_(std::move(self))
    , name_(name_of_postgres(target_.url)) {
    // `json` keeps a text as it was written, and reads it where it is asked; what it cannot read (an escaped
    // U+0000) is looked for in the whole.
    dialect_.not_uploaded = "EXISTS(SELECT 1 FROM json_array_elements(content::json->'media') AS file(value) "
                            "WHERE value->>'id' IS NULL)";
    dialect_.media_count = "coalesce(json_array_length(content::json->'media'), 0)";
    dialect_.status_has = "strpos(lower((CASE WHEN strpos(content, '\\u0000')>0 THEN content ELSE "
                          "content::json->>'status' END) "
                          "COLLATE \"C\"), lower(? COLLATE \"C\"))>0";
    dialect_.returning_id = " RETURNING id";
    dialect_.insert_heeds_tombstones = true;
    dialect_.read_alive = "SELECT coalesce(max(at), 0) FROM writers";
    if (self_) {
        const std::string me = std::to_string(self_->opened);
        dialect_.put_alive = "UPDATE writers SET at=?1 WHERE opened=" + me + " AND at<?1";
        // A command has no life, and writes what nobody alive works on. A life that is over writes nothing,
        // not even what nobody holds: somebody may have held it meanwhile.
        // What is in no row nobody has ever leased.
        dialect_.hold_lease =
            "SELECT coalesce((SELECT CASE WHEN ?2=0 THEN CASE WHEN EXISTS(SELECT 1 FROM daemons WHERE "
            "daemons.life=leases.life AND until>clock_timestamp()) THEN 0 ELSE 1 END WHEN "
            "coalesce(leases.life, "
            "?2)=?2 AND EXISTS(SELECT 1 FROM daemons WHERE daemons.life=?2 AND until>'-infinity') THEN 1 "
            "ELSE 0 "
            "END FROM leases WHERE thing=?1 FOR SHARE OF leases), 1)";
        dialect_.notify_wished = "SELECT pg_notify('crier', 'wished')";
        dialect_.notify_written = "SELECT pg_notify('crier', 'written " + me + " ' || ?1)";
    }
}

Postgres::~Postgres() {
    disconnect();
}

void Postgres::disconnect() noexcept {
    PQfinish(std::exchange(connection_, nullptr));
    queue_.clear();
    std::fill(compiled_.begin(), compiled_.end(), Compiled::no);
    in_transaction_ = false;
}

bool Postgres::connected() const noexcept {
    return connection_ != nullptr;
}

int Postgres::socket() const noexcept {
    return connection_ == nullptr ? -1 : PQsocket(connection_);
}

bool Postgres::worth_another_try() const noexcept {
    return failed_ && (error_state_ == "40P01" || error_state_ == "40001");
}

namespace {

struct Keywords {
    std::vector<const char*> names;
    std::vector<const char*> values;

    void add(const char* name, const char* value) {
        names.push_back(name);
        values.push_back(value);
    }
};

} // namespace

Result<> Postgres::connect() {
    disconnect();
    const std::string patience =
        std::to_string(std::max<std::int64_t>(2, target_.connect_patience.count() / 1000));
    Keywords words;
    // What stands before the URL it may say otherwise.
    words.add("connect_timeout", patience.c_str());
    words.add("tcp_user_timeout", "10000");
    words.add("keepalives_idle", "5");
    words.add("keepalives_interval", "3");
    words.add("keepalives_count", "3");
    words.add("application_name", target_.application.c_str());
    words.add("dbname", target_.url.c_str());
    words.add("client_encoding", "UTF8");
    words.add(nullptr, nullptr);
    connection_ = PQconnectdbParams(words.names.data(), words.values.data(), 1);
    if (connection_ == nullptr || PQstatus(connection_) != CONNECTION_OK) {
        Failure failure = refused(connection_);
        disconnect();
        failed_ = true;
        return failure;
    }
    PQsetNoticeProcessor(
        connection_, [](void*, const char*) {}, nullptr);
    if (Result<> set = set_session(); !set) {
        disconnect();
        return set;
    }
    if (PQsetnonblocking(connection_, 1) != 0 || PQenterPipelineMode(connection_) != 1) {
        note_loss(text_of(PQerrorMessage(connection_)));
        return failure("connect");
    }
    ++connections_;
    if (!writer_.empty())
        return take_writer_row();
    return {};
}

/// Why a server does not take the connection: it says so with a code, which libpq tells in its verbose words
/// alone, and the level of those cannot be set for the first try.
Failure Postgres::refused(pg_conn* connection) {
    error_state_.clear();
    const std::string words = connection == nullptr ? "out of memory" : text_of(PQerrorMessage(connection));
    error_words_ = words;
    if (connection != nullptr && PQconnectionNeedsPassword(connection) != 0)
        error_state_ = "28P01";
    if (!error_state_.empty() || words.find("FATAL") == std::string::npos)
        return failure("connect");
    error_state_ = "08004";
    Keywords again;
    again.add("dbname", target_.url.c_str());
    again.add(nullptr, nullptr);
    PGconn* second = PQconnectStartParams(again.names.data(), again.values.data(), 1);
    if (second != nullptr) {
        PQsetErrorVerbosity(second, PQERRORS_SQLSTATE);
        const auto end = std::chrono::steady_clock::now() + 3s;
        for (auto step = PGRES_POLLING_WRITING;
             step == PGRES_POLLING_WRITING || step == PGRES_POLLING_READING;) {
            pollfd ready{PQsocket(second),
                         static_cast<short>(step == PGRES_POLLING_READING ? POLLIN : POLLOUT), 0};
            if (std::chrono::steady_clock::now() > end || ::poll(&ready, 1, 1000) < 0)
                break;
            step = PQconnectPoll(second);
        }
        // "... FATAL:  28P01"
        const std::string coded = text_of(PQerrorMessage(second));
        if (const auto at = coded.rfind("FATAL:"); at != std::string::npos)
            if (const auto code = coded.find_first_not_of(' ', at + 6); code != std::string::npos)
                error_state_ = coded.substr(code, 5);
        PQfinish(second);
    }
    return failure("connect");
}

Result<> Postgres::set_session() {
    std::string sql = "SET statement_timeout=" + milliseconds(target_.statement_patience) +
                      "; SET lock_timeout=" + milliseconds(target_.lock_patience) +
                      "; SET idle_in_transaction_session_timeout=" + milliseconds(target_.idle_patience) +
                      "; SET client_min_messages=warning; SET default_transaction_isolation='read committed'";
    if (target_.read_only)
        sql += "; SET default_transaction_read_only=on";
    sql += "; SELECT set_config('synchronous_commit', 'on', false) WHERE "
           "current_setting('synchronous_commit')='off'";
    const Answer answer{PQexec(connection_, sql.c_str())};
    const auto status = PQresultStatus(answer.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        error_state_.clear();
        error_words_.clear();
        failed_ = false;
        note_error(answer.get());
        return failure("set up the connection");
    }
    return {};
}

Result<> Postgres::be_writer(const std::string& name) {
    writer_ = name;
    return take_writer_row();
}

/// After this the connection before it cannot commit any more, and `known_turn_` is what it did. It waits for
/// what that one has still open, as long as the server waits for it (idle_patience).
Result<> Postgres::take_writer_row() {
    ++session_;
    Statement take = prepare("INSERT INTO writers(opened, name, session, turn, at) VALUES(?1,?2,?3,0,0) ON "
                             "CONFLICT(opened) DO UPDATE SET session=excluded.session RETURNING turn");
    auto use = take.use();
    use.bind(self_->opened).bind(writer_).bind(session_);
    if (!use.row()) {
        Failure why = failure("become a writer");
        disconnect();
        return why;
    }
    known_turn_ = use.number();
    return {};
}

bool Postgres::tells_of(std::string_view thing) const {
    return !self_ || !self_->holds || !self_->holds(thing);
}

std::unique_ptr<Prepared> Postgres::compile(std::string_view sql, Keep keep) {
    std::size_t kept = not_kept;
    if (keep == Keep::always) {
        kept = compiled_.size();
        compiled_.push_back(Compiled::no);
    }
    return std::make_unique<PreparedHere>(*this, for_postgres(sql), kept, keep == Keep::pieces);
}

bool Postgres::send(const std::string& sql, std::size_t kept, const Values& values,
                    std::optional<std::int64_t>* first) {
    if (queue_.empty()) {
        failed_ = false;
        if (connection_ != nullptr) {
            error_state_.clear();
            error_words_.clear();
        }
    }
    if (connection_ == nullptr)
        return false;
    const auto count = static_cast<int>(values.data.size());
    int sent = 1;
    if (kept != not_kept) {
        const std::string name = "s" + std::to_string(kept);
        if (compiled_[kept] == Compiled::no) {
            sent = PQsendPrepare(connection_, name.c_str(), sql.c_str(), count, values.types.data());
            compiled_[kept] = Compiled::queued;
            queue_.push_back({Queued::What::parse, kept, nullptr});
        }
        if (sent == 1)
            sent = PQsendQueryPrepared(connection_, name.c_str(), count, values.data.data(),
                                       values.lengths.data(), values.formats.data(), 1);
    } else {
        sent = PQsendQueryParams(connection_, sql.c_str(), count, values.types.data(), values.data.data(),
                                 values.lengths.data(), values.formats.data(), 1);
    }
    if (sent != 1) {
        note_loss(text_of(PQerrorMessage(connection_)));
        return false;
    }
    queue_.push_back({Queued::What::run, 0, first});
    if (on_statement)
        on_statement(sql, values.types);
    return queue_.size() < longest_queue || settle_into(nullptr);
}

bool Postgres::queue(const std::string& sql) {
    return send(sql, not_kept, {}, nullptr);
}

/// Sends what is to be sent and reads what has come until an answer is whole. False: the connection is lost.
bool Postgres::wait_for_answer() {
    const auto patience = target_.statement_patience + target_.lock_patience;
    for (;;) {
        const int unsent = PQflush(connection_);
        if (unsent < 0)
            return false;
        if (unsent == 0 && PQisBusy(connection_) == 0)
            return true;
        pollfd ready{PQsocket(connection_), static_cast<short>(unsent > 0 ? POLLIN | POLLOUT : POLLIN), 0};
        const int count = ::poll(&ready, 1, static_cast<int>(patience.count()));
        if (count < 0 && errno == EINTR)
            continue;
        if (count == 0) // the server ends what takes long: it is not there any more
            return false;
        if (count < 0 || ((ready.revents & ~POLLOUT) != 0 && PQconsumeInput(connection_) != 1))
            return false;
    }
}

void Postgres::note_error(const pg_result* result) {
    if (failed_)
        return; // the first one says why
    failed_ = true;
    const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char* words = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    error_state_ = state == nullptr ? "" : state;
    error_words_ = text_of(words != nullptr ? words : PQerrorMessage(connection_));
}

void Postgres::note_loss(std::string words) {
    if (!failed_) {
        error_state_.clear();
        error_words_ = words.empty() ? "the connection was lost" : std::move(words);
    }
    failed_ = true;
    disconnect();
}

void Postgres::take_answer(const Queued& queued, pg_result* result) {
    const auto status = PQresultStatus(result);
    const bool good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
    if (!good && status != PGRES_PIPELINE_ABORTED)
        note_error(result);
    if (queued.what == Queued::What::parse)
        compiled_[queued.statement] = good ? Compiled::yes : Compiled::no;
    else if (good && queued.first != nullptr && PQntuples(result) > 0)
        *queued.first = number_of(result, 0, 0);
}

bool Postgres::settle() {
    return queue_.empty() ? connection_ != nullptr && !failed_ : settle_into(nullptr);
}

bool Postgres::settle_into(Answer* last) {
    if (connection_ == nullptr)
        return false;
    if (PQpipelineSync(connection_) != 1) {
        note_loss(text_of(PQerrorMessage(connection_)));
        return false;
    }
    ++round_trips_;
    for (std::size_t at = 0;;) {
        if (!wait_for_answer()) {
            const std::string words = text_of(PQerrorMessage(connection_));
            note_loss(words.empty() ? "the server does not answer" : words);
            return false;
        }
        Answer answer{PQgetResult(connection_)};
        if (!answer) { // the end of one statement's
            if (PQstatus(connection_) != CONNECTION_OK) {
                note_loss(text_of(PQerrorMessage(connection_)));
                return false;
            }
            ++at;
            continue;
        }
        if (PQresultStatus(answer.get()) == PGRES_PIPELINE_SYNC)
            break;
        if (at < queue_.size())
            take_answer(queue_[at], answer.get());
        if (PQstatus(connection_) != CONNECTION_OK) { // what it said last is why
            const bool said = failed_;
            note_loss(said ? error_words_ : text_of(PQerrorMessage(connection_)));
            return false;
        }
        if (last != nullptr && at + 1 == queue_.size())
            *last = std::move(answer);
    }
    queue_.clear();
    return !failed_;
}

Failure Postgres::failure(std::string_view doing) const {
    return postgres_failure(error_state_, name_, doing, error_words_);
}

Result<> Postgres::run(const std::string& sql) {
    if (connection_ == nullptr)
        return failure("run a statement");
    failed_ = false;
    PQexitPipelineMode(connection_);
    PQsetnonblocking(connection_, 0);
    const Answer answer{PQexec(connection_, sql.c_str())};
    const auto status = PQresultStatus(answer.get());
    const bool good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
    if (!good)
        note_error(answer.get());
    if (PQtransactionStatus(connection_) == PQTRANS_INERROR)
        PQclear(PQexec(connection_, "ROLLBACK"));
    const bool lost = PQstatus(connection_) != CONNECTION_OK || PQsetnonblocking(connection_, 1) != 0 ||
                      PQenterPipelineMode(connection_) != 1;
    if (lost)
        note_loss(text_of(PQerrorMessage(connection_)));
    if (!good || lost)
        return failure(sql.substr(0, sql.find_first_of("\n(;")));
    return {};
}

Result<std::string> Postgres::ask(const std::string& sql) {
    Statement statement = prepare(sql);
    auto use = statement.use();
    if (use.row())
        return use.text();
    if (use.failed())
        return failure(sql.substr(0, sql.find_first_of("\n(;")));
    return std::string{};
}

bool Postgres::begin(Writer writer) {
    in_transaction_ = true;
    writing_ = !writer_.empty();
    bool good = queue("BEGIN");
    if (good && writing_) // who is alone waits for all others, and they for it
        good = queue(writer == Writer::alone ? "SELECT pg_advisory_xact_lock(1668442469, 1)"
                                             : "SELECT pg_advisory_xact_lock_shared(1668442469, 1)");
    // A transaction that cannot begin is told of at once.
    return good && (writer == Writer::shared || settle_into(nullptr));
}

bool Postgres::begin_reading() {
    in_transaction_ = true;
    writing_ = false;
    return queue("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
}

Committed Postgres::commit() {
    const bool writes = writing_;
    if (writes) {
        ++turn_;
        const std::string me = std::to_string(self_->opened);
        // A division by nothing where the row is another connection's: then COMMIT is skipped.
        if (!queue("WITH mine AS (UPDATE writers SET turn=" + std::to_string(turn_) + " WHERE opened=" + me +
                   " AND session=" + std::to_string(session_) + " RETURNING 1) SELECT 1/count(*) FROM mine"))
            return Committed::no; // nothing of it has left
    }
    if (!queue("COMMIT"))
        return Committed::no;
    Answer answer;
    if (settle_into(&answer)) {
        in_transaction_ = false;
        const bool kept = std::strcmp(PQcmdStatus(answer.get()), "COMMIT") == 0;
        if (!kept) {
            failed_ = true;
            error_state_ = "25P02";
            error_words_ = "the transaction had failed";
        }
        return kept ? Committed::yes : Committed::no;
    }
    if (connection_ != nullptr && writes && error_state_ == "22012") {
        // The row was cleared away, for this writer had been silent for long: connect() makes it anew.
        note_loss({});
        return Committed::no;
    }
    if (connection_ != nullptr || !writes)
        return Committed::no;
    return find_out();
}

/// The connection went while the server may have been at the commit.
Committed Postgres::find_out() {
    const std::string state = error_state_;
    const std::string words = error_words_;
    const auto end = std::chrono::steady_clock::now() + target_.unknown_patience;
    for (auto pause = 50ms;; pause = std::min(2 * pause, 1000ms)) {
        if (const Result<> there = connect(); there) {
            if (known_turn_ == turn_)
                return Committed::yes;
            failed_ = true;
            error_state_ = state;
            error_words_ = words;
            return Committed::no;
        }
        if (self_->stopping || std::chrono::steady_clock::now() >= end)
            break;
        std::this_thread::sleep_for(pause);
    }
    failed_ = true;
    error_state_ = "08007"; // transaction resolution unknown
    error_words_ = words;
    return Committed::not_known;
}

void Postgres::abandon() {
    if (!std::exchange(in_transaction_, false) || connection_ == nullptr)
        return;
    const std::string state = error_state_;
    const std::string words = error_words_;
    if (!queue_.empty())
        (void)settle_into(nullptr); // what was queued before it may end the pipeline
    if (queue("ROLLBACK"))
        (void)settle_into(nullptr);
    if (!state.empty() || !words.empty()) { // why it was abandoned
        error_state_ = state;
        error_words_ = words;
    }
}

bool Postgres::open_savepoint() {
    return queue("SAVEPOINT batch");
}

bool Postgres::keep_savepoint() {
    return queue("RELEASE SAVEPOINT batch");
}

bool Postgres::undo_savepoint() {
    if (!queue_.empty())
        (void)settle_into(nullptr);
    return queue("ROLLBACK TO SAVEPOINT batch");
}

std::vector<std::string> Postgres::notifications() {
    std::vector<std::string> told;
    if (connection_ == nullptr)
        return told;
    if (PQconsumeInput(connection_) != 1) {
        note_loss(text_of(PQerrorMessage(connection_)));
        return told;
    }
    while (PGnotify* one = PQnotifies(connection_)) {
        told.emplace_back(one->extra);
        PQfreemem(one);
    }
    if (PQstatus(connection_) != CONNECTION_OK)
        note_loss({});
    return told;
}

namespace {

struct FreeOptions {
    void operator()(PQconninfoOption* options) const noexcept { PQconninfoFree(options); }
};
using ConnectionOptions = std::unique_ptr<PQconninfoOption, FreeOptions>;

std::string option(const ConnectionOptions& options, std::string_view name) {
    for (const PQconninfoOption* one = options.get(); one != nullptr && one->keyword != nullptr; ++one)
        if (one->keyword == name)
            return one->val == nullptr ? "" : one->val;
    return {};
}

} // namespace

std::string name_of_postgres(const std::string& url) {
    const ConnectionOptions options{PQconninfoParse(url.c_str(), nullptr)};
    const std::string user = option(options, "user");
    std::string host = option(options, "host");
    if (host.empty())
        host = option(options, "hostaddr");
    const std::string port = option(options, "port");
    const std::string database = option(options, "dbname");
    return "postgresql://" + (user.empty() ? "" : user + "@") + host + (port.empty() ? "" : ":" + port) +
           "/" + database;
}

Result<> check_postgres_url(const std::string& url) {
    char* words = nullptr;
    const ConnectionOptions options{PQconninfoParse(url.c_str(), &words)};
    const std::string why = text_of(words);
    PQfreemem(words);
    if (options)
        return {};
    // libpq repeats what it does not read, and that may be a password.
    const bool secret = url.find('@') != std::string::npos;
    return Failure{Cause::config, "this address of a database does not read" + (secret ? "" : ": " + why),
                   "as postgresql://USER@HOST:PORT/DATABASE?sslmode=verify-full; special characters are "
                   "written as %XX"};
}

bool has_password(const std::string& url) {
    return !option(ConnectionOptions{PQconninfoParse(url.c_str(), nullptr)}, "password").empty();
}

} // namespace crier::store
