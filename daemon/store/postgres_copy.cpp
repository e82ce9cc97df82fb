#include "store/postgres.hpp"
#include "store/tables.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace crier::store {

namespace asio = boost::asio;

namespace {

constexpr std::size_t rows_at_a_time = 500;

/// Writes into other tables what it is shown.
class Copying final : public RowReader {
public:
    explicit Copying(Tables& to)
        : to_(to) {}

    Result<> states(const States& states) override {
        batch_.sources = states.sources;
        batch_.source_accounts = states.source_accounts;
        batch_.entries = states.entries;
        batch_.drawn = states.drawn;
        batch_.accounts = states.accounts;
        batch_.alerts = states.alerts;
        batch_.origins = states.origins;
        batch_.now = states.last_alive;
        return flush();
    }
    Result<> row(const SeenItem& item) override {
        batch_.seen.push_back(item);
        return flush_where_full();
    }
    Result<> row(const Story& story) override {
        batch_.stories.push_back(story);
        return flush_where_full();
    }
    Result<> row(const Tombstone& tombstone) override {
        tombstones_.push_back(tombstone); // after the posts: a key that has a row may have one, too
        return {};
    }
    Result<> row(const WholePost& whole) override {
        Belongings belongings;
        belongings.place = batch_.insert.size();
        belongings.attempts = whole.attempts;
        belongings.amendment = whole.amendment;
        batch_.belongings.push_back(std::move(belongings));
        batch_.insert.push_back(whole.post);
        return flush_where_full();
    }

    Result<> finish() {
        batch_.tombstones = std::move(tombstones_);
        return flush();
    }

private:
    Result<> flush_where_full() {
        ++rows_;
        return rows_ < rows_at_a_time ? Result<>{} : flush();
    }

    Result<> flush() {
        rows_ = 0;
        batch_.each_alone = true;
        const std::vector<Result<Applied>> applied = to_.apply({&batch_});
        batch_ = Batch{};
        return applied.front() ? Result<>{} : applied.front().error();
    }

    Tables& to_;
    Batch batch_;
    std::size_t rows_ = 0;
    std::vector<Tombstone> tombstones_;
};

} // namespace

Result<OpenedStore> open_postgres_copy(asio::any_io_executor engine, const PostgresOptions& options) {
    return open_sqlite_filled(std::move(engine), [&](Tables& tables) -> Result<> {
        Copying copying{tables};
        const Result<> read = read_postgres(options, {}, copying);
        if (!read)
            return read.error().cause == Cause::not_found ? Result<>{} : read;
        return copying.finish();
    });
}

} // namespace crier::store
