#pragma once

#include "admin/events.hpp"
#include "ports/store.hpp"

namespace crier::admin {

/// A store that tells what it has recorded: all that is to be seen in the interface passes through it, so the
/// engine need not know that somebody looks on.
///
/// Ownership: both outlive it. Thread and errors: the store's.
class WatchedStore final : public Store {
public:
    WatchedStore(Store& store, Events& events)
        : store_(store)
        , events_(events) {}

    [[nodiscard]] boost::asio::awaitable<Result<Applied>> apply(Batch batch) override;
    [[nodiscard]] boost::asio::awaitable<Result<States>> load() override { return store_.load(); }
    [[nodiscard]] boost::asio::awaitable<Result<LaneWork>> lane(LaneQuery query) override {
        return store_.lane(std::move(query));
    }
    [[nodiscard]] boost::asio::awaitable<Result<std::vector<Post>>> find(PostQuery query) override {
        return store_.find(std::move(query));
    }
    [[nodiscard]] boost::asio::awaitable<Result<std::vector<Attempt>>> attempts(PostId post) override {
        return store_.attempts(post);
    }
    [[nodiscard]] boost::asio::awaitable<Result<std::optional<Amendment>>> amendment(PostId post) override {
        return store_.amendment(post);
    }
    [[nodiscard]] boost::asio::awaitable<Result<std::vector<SeenItem>>> seen(SeenQuery query) override {
        return store_.seen(std::move(query));
    }
    [[nodiscard]] boost::asio::awaitable<Result<std::vector<Story>>> told(StoryQuery query) override {
        return store_.told(std::move(query));
    }
    [[nodiscard]] boost::asio::awaitable<Result<std::vector<std::vector<MadePost>>>>
    made(std::vector<MadeQuery> queries) override {
        return store_.made(std::move(queries));
    }
    [[nodiscard]] boost::asio::awaitable<Result<std::map<ReasonCode, std::int64_t>>>
    held(std::string account) override {
        return store_.held(std::move(account));
    }
    [[nodiscard]] boost::asio::awaitable<Result<std::vector<SeenItem>>>
    newest_seen(NewestSeen query) override {
        return store_.newest_seen(std::move(query));
    }
    [[nodiscard]] boost::asio::awaitable<Result<std::vector<Post>>> agenda(AgendaQuery query) override {
        return store_.agenda(std::move(query));
    }
    [[nodiscard]] boost::asio::awaitable<Result<Counted>> count_days(std::vector<Instant> days) override {
        return store_.count_days(std::move(days));
    }
    [[nodiscard]] boost::asio::awaitable<Result<Trimmed>> trim(TrimQuery query) override {
        return store_.trim(std::move(query));
    }
    [[nodiscard]] boost::asio::awaitable<Result<std::map<PostState, std::int64_t>>>
    counts(std::string account) override {
        return store_.counts(std::move(account));
    }
    [[nodiscard]] boost::asio::awaitable<Result<UnsettledCounts>> unsettled() override {
        return store_.unsettled();
    }
    [[nodiscard]] boost::asio::awaitable<Result<std::map<std::string, Leaving>>>
    leaving(std::vector<std::string> accounts, Instant now) override {
        return store_.leaving(std::move(accounts), now);
    }
    [[nodiscard]] const StoreFigures* figures() const noexcept override { return store_.figures(); }

private:
    [[nodiscard]] boost::asio::awaitable<Result<Applied>> apply_and_tell(Batch batch);

    Store& store_;
    Events& events_;
};

} // namespace crier::admin
