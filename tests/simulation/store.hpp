#pragma once

#include "simulation/time.hpp"
#include "simulation/trace.hpp"
#include "support/memory_tables.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace crier::sim {

/// The store's contract on a disk that takes time, and that may be full. What it has answered is durable; of
/// what it has not, a death keeps a prefix, for it works in order.
class SimStore final : public Store {
public:
    SimStore(Time& time, Trace& trace)
        : time_(time)
        , trace_(trace) {}

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

    Instant full_until{}; ///< by the world's time
    Instant slow_until{};

    /// What survives.
    [[nodiscard]] const test::MemoryTables& tables() const noexcept { return tables_; }
    /// An older state of it is put back, and what stands beside the file says so.
    void put_back(test::MemoryTables before) {
        tables_ = std::move(before);
        tables_.set_trust(Trust::put_back);
    }
    /// The process is dead; the disk goes on from here.
    void dead() noexcept { free_at_ = Instant{}; }

private:
    [[nodiscard]] Instant turn(Duration length);

    Time& time_;
    Trace& trace_;
    test::MemoryTables tables_;
    Instant free_at_{}; ///< when what was asked before is done
};

} // namespace crier::sim
