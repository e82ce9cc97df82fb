#include "store/sqlite.hpp"

#include "store/opening.hpp"
#include "store/owner_lock.hpp"
#include "store/schema.hpp"
#include "store/table_store.hpp"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

namespace crier::store {

namespace asio = boost::asio;

namespace {

class SqliteBacking final : public Backing {
public:
    SqliteBacking(Database database, OwnerLock lock, bool read_only)
        : database_(std::move(database))
        , lock_(std::move(lock))
        , read_only_(read_only) {}
    ~SqliteBacking() override {
        if (prepared_ && !read_only_)
            close_cleanly(database_);
    }

    [[nodiscard]] Result<> prepare() {
        Result<> prepared = tables_.prepare();
        prepared_ = prepared.has_value();
        return prepared;
    }

    std::vector<Result<Applied>> apply(const std::vector<Batch*>& batches,
                                       const std::vector<std::int64_t>& epochs) override {
        Instant alive{};
        for (const Batch* batch : batches)
            alive = std::max(alive, batch->now);
        std::vector<Result<Applied>> answers = tables_.apply(batches, epochs);
        if (std::all_of(answers.begin(), answers.end(),
                        [](const auto& answer) { return answer.has_value(); }))
            lock_.leave_mark(alive);
        return answers;
    }
    void read(const std::function<void(Tables&)>& call) override { call(tables_); }
    void pause() override { database_.empty_log(); }
    bool read_only() const noexcept override { return read_only_; }

private:
    Database database_;
    OwnerLock lock_;
    Tables tables_{database_};
    bool read_only_;
    bool prepared_ = false;
};

Result<OpenedStore> finish(asio::any_io_executor engine, Database database, OwnerLock lock, bool read_only,
                           std::vector<std::string> notes) {
    auto backing = std::make_unique<SqliteBacking>(std::move(database), std::move(lock), read_only);
    if (Result<> prepared = backing->prepare(); !prepared)
        return prepared.error();
    OpenedStore opened;
    opened.store = make_table_store(std::move(engine), std::move(backing));
    opened.notes = std::move(notes);
    return opened;
}

const Steps& steps_of(const Steps* given) {
    return given != nullptr ? *given : migrations();
}

/// One file is one lock, by whatever name it is reached.
std::string real_path(const std::string& path) {
    std::error_code error;
    const std::filesystem::path real = std::filesystem::weakly_canonical(path, error);
    return error ? path : real.string();
}

} // namespace

Result<OpenedStore> open_sqlite(asio::any_io_executor engine, SqliteOptions options) {
    const Steps& steps = steps_of(options.steps);
    options.path = real_path(options.path);
    if (options.read_only) {
        Result<Database> database = open_to_read(options, steps);
        if (!database)
            return database.error();
        return finish(std::move(engine), std::move(*database), OwnerLock{}, true, {});
    }
    Result<OwnerLock> lock = OwnerLock::take(options.path, options.owner_patience);
    if (!lock)
        return lock.error();
    std::vector<std::string> notes;
    Result<Database> database = open_owned(options, steps, notes);
    if (!database)
        return database.error();
    const Result<Instant> known = compare_with_mark(*database, lock->mark(), notes);
    if (!known)
        return known.error();
    lock->set_mark(*known);
    return finish(std::move(engine), std::move(*database), std::move(*lock), false, std::move(notes));
}

Result<std::vector<std::string>> check_sqlite(const std::string& path) {
    SqliteOptions options;
    options.path = path;
    Result<Database> database = open_to_read(options, migrations());
    if (!database)
        return database.error();
    return integrity_of(*database);
}

Result<OpenedStore> open_sqlite_copy(asio::any_io_executor engine, const std::string& path,
                                     const std::vector<std::string_view>* steps) {
    SqliteOptions options;
    options.path = path;
    Result<Database> copy = open_copy(options, steps_of(steps));
    if (!copy)
        return copy.error();
    return finish(std::move(engine), std::move(*copy), OwnerLock{}, false, {});
}

Result<OpenedStore> open_sqlite_filled(asio::any_io_executor engine,
                                       const std::function<Result<>(Tables&)>& fill) {
    Result<Database> memory = Database::open(":memory:", {});
    if (!memory)
        return memory.error();
    std::vector<std::string> notes;
    if (Result<> migrated = migrate(*memory, {}, migrations(), notes); !migrated)
        return migrated.error();
    {
        Tables tables{*memory};
        if (Result<> prepared = tables.prepare(); !prepared)
            return prepared.error();
        if (Result<> filled = fill(tables); !filled)
            return filled.error();
    }
    return finish(std::move(engine), std::move(*memory), OwnerLock{}, false, {});
}

} // namespace crier::store
