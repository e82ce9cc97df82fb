#pragma once

#include "support/memory_tables.hpp"
#include "support/virtual_time.hpp"

#include <deque>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace crier::test {

/// The store's contract in memory: what a test looks at, and what survives a simulated death.
class MemoryStore final : public Store {
public:
    explicit MemoryStore(VirtualTime& time)
        : time_(time) {}

    boost::asio::awaitable<Result<Applied>> apply(Batch batch) override;
    boost::asio::awaitable<Result<States>> load() override;
    boost::asio::awaitable<Result<LaneWork>> lane(LaneQuery query) override;
    boost::asio::awaitable<Result<std::vector<Post>>> find(PostQuery query) override;
    boost::asio::awaitable<Result<std::vector<Attempt>>> attempts(PostId post) override;
    boost::asio::awaitable<Result<std::optional<Amendment>>> amendment(PostId post) override;
    boost::asio::awaitable<Result<std::vector<SeenItem>>> seen(SeenQuery query) override;
    boost::asio::awaitable<Result<std::vector<SeenItem>>> newest_seen(NewestSeen query) override;
    boost::asio::awaitable<Result<std::vector<Post>>> agenda(AgendaQuery query) override;
    boost::asio::awaitable<Result<Counted>> count_days(std::vector<Instant> days) override;
    boost::asio::awaitable<Result<std::vector<Story>>> told(StoryQuery query) override;
    boost::asio::awaitable<Result<std::vector<std::vector<MadePost>>>>
    made(std::vector<MadeQuery> queries) override;
    boost::asio::awaitable<Result<std::map<ReasonCode, std::int64_t>>> held(std::string account) override;
    boost::asio::awaitable<Result<std::map<PostState, std::int64_t>>> counts(std::string account) override;
    boost::asio::awaitable<Result<UnsettledCounts>> unsettled() override;
    boost::asio::awaitable<Result<std::map<std::string, Leaving>>> leaving(std::vector<std::string> accounts,
                                                                           Instant now) override;

    boost::asio::awaitable<Result<Trimmed>> trim(TrimQuery query) override;

    const StoreFigures* figures() const noexcept override { return &figures_; }

    /// A backup, and how it is put back: what the next start is told of the file.
    [[nodiscard]] MemoryTables backup() const { return tables_; }
    void put_back(MemoryTables tables, Trust trust) {
        tables_ = std::move(tables);
        tables_.set_trust(trust);
    }

    Duration latency = std::chrono::microseconds{200};
    std::deque<Failure> failures; ///< the next applies fail with these

private:
    void note(const Result<Applied>& applied);

    VirtualTime& time_;
    StoreFigures figures_{std::span<const Duration>{}};
    MemoryTables tables_;

public:
    // What a test looks at.
    const std::vector<Post>& posts = tables_.posts(); ///< by id - 1
    const std::vector<Attempt>& all_attempts = tables_.all_attempts();
    const std::vector<SeenItem>& items = tables_.items();
    const States& states = tables_.states();
    [[nodiscard]] std::size_t commits() const noexcept { return tables_.commits(); }
    [[nodiscard]] std::optional<Amendment> amendment_of(PostId post) const { return tables_.amendment(post); }
    [[nodiscard]] const Post& post(PostId id) const { return posts.at(static_cast<std::size_t>(id - 1)); }
};

} // namespace crier::test
