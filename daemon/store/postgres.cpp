#include "store/postgres.hpp"

#include "store/schema_postgres.hpp"
#include "store/table_store.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <unistd.h>
#include <utility>

namespace crier::store {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds first_pause{100};
constexpr std::chrono::milliseconds longest_pause{5000};

/// Rows of writers that are gone are forgotten after so long. One that is not gone makes its row anew.
constexpr const char* forget_writers =
    "DELETE FROM writers WHERE since < now() - interval '30 days' AND at < (SELECT max(at) FROM writers) - "
    "30 * 86400000000";

class PostgresBacking final : public Backing {
public:
    PostgresBacking(std::unique_ptr<Postgres> database, std::shared_ptr<PostgresSelf> self, bool read_only)
        : database_(std::move(database))
        , self_(std::move(self))
        , read_only_(read_only) {}

    [[nodiscard]] Result<> prepare() { return tables_.prepare(); }

    std::vector<Result<Applied>> apply(const std::vector<Batch*>& batches,
                                       const std::vector<std::int64_t>& epochs) override {
        for (bool again = false;; again = true) {
            connect();
            const std::uint64_t connection = database_->connections();
            std::vector<Result<Applied>> answers = tables_.apply(batches, epochs);
            const bool none = std::none_of(answers.begin(), answers.end(),
                                           [](const auto& answer) { return answer.has_value(); });
            // Nothing of it was written: where the way to the database was why, it is asked once more.
            const bool way = connection != 0 && (connection != database_->connections() ||
                                                 !database_->connected() || database_->worth_another_try());
            if (again || !none || !way || database_->unknown())
                return answers;
        }
    }

    void read(const std::function<void(Tables&)>& call) override {
        for (bool again = false;; again = true) {
            connect();
            const bool there = database_->connected();
            const std::uint64_t connection = database_->connections();
            call(tables_);
            database_->abandon(); // what a failure has left open
            const bool lost = there && (connection != database_->connections() || !database_->connected());
            if (again || !(lost || database_->worth_another_try()))
                return;
        }
    }

    bool read_only() const noexcept override { return read_only_; }
    std::int64_t epoch() const noexcept override { return self_ ? self_->life.load() : 0; }
    void stop() noexcept override {
        if (self_)
            self_->stopping = true;
    }

private:
    /// Where there is no connection, and it is not too soon since the last try.
    void connect() {
        const auto now = std::chrono::steady_clock::now();
        if (database_->connected() || now < next_try_)
            return;
        if (database_->connect()) {
            pause_ = first_pause;
            return;
        }
        next_try_ = std::chrono::steady_clock::now() + pause_;
        pause_ = std::min(2 * pause_, longest_pause);
    }

    std::unique_ptr<Postgres> database_;
    std::shared_ptr<PostgresSelf> self_;
    Tables tables_{*database_};
    bool read_only_;
    std::chrono::steady_clock::time_point next_try_{};
    std::chrono::milliseconds pause_ = first_pause;
};

std::string name_of_machine() {
    std::array<char, 256> name{};
    const bool known = ::gethostname(name.data(), name.size() - 1) == 0;
    return std::string{known ? name.data() : "crier"} + "/" + std::to_string(::getpid());
}

const std::vector<std::string_view>& steps_of(const PostgresOptions& options) {
    return options.steps != nullptr ? *options.steps : postgres_migrations();
}

std::shared_ptr<PostgresSelf> new_self() {
    auto self = std::make_shared<PostgresSelf>();
    std::random_device random;
    std::uniform_int_distribution<std::int64_t> any{1, INT64_MAX};
    self->opened = any(random);
    return self;
}

Result<std::unique_ptr<Postgres>> connect_to_read(const PostgresOptions& options) {
    if (Result<> reads = check_postgres_url(options.target.url); !reads)
        return reads.error();
    PostgresTarget target = options.target;
    target.read_only = true;
    auto database = std::make_unique<Postgres>(std::move(target), nullptr);
    if (Result<> connected = database->connect(); !connected)
        return connected.error();
    if (Result<> fits = check_postgres_version(*database, steps_of(options).size()); !fits)
        return fits.error();
    return database;
}

} // namespace

Result<OpenedPostgres> open_postgres(asio::any_io_executor engine, PostgresOptions options) {
    if (Result<> reads = check_postgres_url(options.target.url); !reads)
        return reads.error();
    if (options.name.empty())
        options.name = name_of_machine();
    OpenedPostgres opened;
    const std::shared_ptr<PostgresSelf> self = new_self();
    auto database = std::make_unique<Postgres>(options.target, self);
    if (Result<> connected = database->connect(); !connected)
        return connected.error();
    if (Result<> migrated = migrate_postgres(*database, steps_of(options), opened.notes); !migrated)
        return migrated.error();
    if (Result<> writer = database->be_writer(options.name); !writer)
        return writer.error();
    if (Result<> forgotten = database->run(forget_writers); !forgotten)
        return forgotten.error();
    auto backing = std::make_unique<PostgresBacking>(std::move(database), self, false);
    if (Result<> prepared = backing->prepare(); !prepared)
        return prepared.error();
    opened.store = make_table_store(engine, std::move(backing));
    opened.leases = make_postgres_leases(std::move(engine), std::move(options.target), self,
                                         std::move(options.name), options.lease);
    return opened;
}

Result<OpenedPostgres> open_postgres_to_read(asio::any_io_executor engine, PostgresOptions options) {
    Result<std::unique_ptr<Postgres>> database = connect_to_read(options);
    if (!database)
        return database.error();
    auto backing = std::make_unique<PostgresBacking>(std::move(*database), nullptr, true);
    if (Result<> prepared = backing->prepare(); !prepared)
        return prepared.error();
    OpenedPostgres opened;
    opened.store = make_table_store(std::move(engine), std::move(backing));
    return opened;
}

Result<> read_postgres(const PostgresOptions& options, ReadWhat what, RowReader& reader) {
    Result<std::unique_ptr<Postgres>> database = connect_to_read(options);
    if (!database)
        return database.error();
    return read_all(**database, what, reader);
}

Result<> check_postgres(const PostgresOptions& options) {
    const Result<std::unique_ptr<Postgres>> database = connect_to_read(options);
    return database ? Result<>{} : database.error();
}

} // namespace crier::store
