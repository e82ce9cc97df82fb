#include "support/memory_store.hpp"

namespace crier::test {

namespace asio = boost::asio;

asio::awaitable<Result<Applied>> MemoryStore::apply(Batch batch) {
    co_await time_.pass(latency);
    Result<Applied> applied = Failure{};
    if (!failures.empty()) {
        applied = failures.front();
        failures.pop_front();
    } else {
        applied = tables_.apply(std::move(batch));
    }
    note(applied);
    co_return applied;
}

void MemoryStore::note(const Result<Applied>& applied) {
    if (applied) {
        figures_.trouble.reset();
    } else if (applied.error().cause != Cause::conflict) {
        ++figures_.failed;
        figures_.trouble = applied.error();
    }
}

asio::awaitable<Result<States>> MemoryStore::load() {
    co_await time_.pass(latency);
    co_return tables_.states();
}

asio::awaitable<Result<LaneWork>> MemoryStore::lane(LaneQuery query) {
    co_await time_.pass(latency);
    co_return tables_.lane(query);
}

asio::awaitable<Result<std::vector<Post>>> MemoryStore::find(PostQuery query) {
    co_await time_.pass(latency);
    co_return tables_.find(query);
}

asio::awaitable<Result<std::vector<Attempt>>> MemoryStore::attempts(PostId post) {
    co_await time_.pass(latency);
    co_return tables_.attempts(post);
}

asio::awaitable<Result<std::optional<Amendment>>> MemoryStore::amendment(PostId post) {
    co_await time_.pass(latency);
    co_return tables_.amendment(post);
}

asio::awaitable<Result<std::vector<SeenItem>>> MemoryStore::seen(SeenQuery query) {
    co_await time_.pass(latency);
    co_return tables_.seen(query);
}

asio::awaitable<Result<std::vector<SeenItem>>> MemoryStore::newest_seen(NewestSeen query) {
    co_await time_.pass(latency);
    co_return tables_.newest_seen(query);
}

asio::awaitable<Result<std::vector<Post>>> MemoryStore::agenda(AgendaQuery query) {
    co_await time_.pass(latency);
    co_return tables_.agenda(query);
}

asio::awaitable<Result<Counted>> MemoryStore::count_days(std::vector<Instant> days) {
    co_await time_.pass(latency);
    co_return tables_.count_days(days);
}

asio::awaitable<Result<std::vector<Story>>> MemoryStore::told(StoryQuery query) {
    co_await time_.pass(latency);
    co_return tables_.told(query);
}

asio::awaitable<Result<std::vector<std::vector<MadePost>>>>
MemoryStore::made(std::vector<MadeQuery> queries) {
    co_await time_.pass(latency);
    co_return tables_.made(queries);
}

asio::awaitable<Result<std::map<ReasonCode, std::int64_t>>> MemoryStore::held(std::string account) {
    co_await time_.pass(latency);
    co_return tables_.held(account);
}

asio::awaitable<Result<std::map<PostState, std::int64_t>>> MemoryStore::counts(std::string account) {
    co_await time_.pass(latency);
    co_return tables_.counts(account);
}

asio::awaitable<Result<UnsettledCounts>> MemoryStore::unsettled() {
    co_await time_.pass(latency);
    co_return tables_.unsettled();
}

asio::awaitable<Result<std::map<std::string, Leaving>>>
MemoryStore::leaving(std::vector<std::string> accounts, Instant now) {
    co_await time_.pass(latency);
    co_return tables_.leaving(accounts, now);
}

asio::awaitable<Result<Trimmed>> MemoryStore::trim(TrimQuery query) {
    co_await time_.pass(latency);
    co_return tables_.trim(query);
}

} // namespace crier::test
