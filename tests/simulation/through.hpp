#pragma once

#include "ports/store.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace crier::sim {

/// A store that passes everything on to another, for those that do one thing differently.
class Through : public Store {
public:
    template <class T>
    using Later = boost::asio::awaitable<Result<T>>;

    explicit Through(Store& store)
        : store_(store) {}
    Later<Applied> apply(Batch batch) override { return store_.apply(std::move(batch)); }
    Later<States> load() override { return store_.load(); }
    Later<LaneWork> lane(LaneQuery query) override { return store_.lane(std::move(query)); }
    Later<std::vector<Post>> find(PostQuery query) override { return store_.find(std::move(query)); }
    Later<std::vector<Attempt>> attempts(PostId post) override { return store_.attempts(post); }
    Later<std::optional<Amendment>> amendment(PostId post) override { return store_.amendment(post); }
    Later<std::vector<SeenItem>> seen(SeenQuery query) override { return store_.seen(std::move(query)); }
    Later<std::vector<SeenItem>> newest_seen(NewestSeen query) override {
        return store_.newest_seen(std::move(query));
    }
    Later<std::vector<Post>> agenda(AgendaQuery query) override { return store_.agenda(std::move(query)); }
    Later<Counted> count_days(std::vector<Instant> days) override {
        return store_.count_days(std::move(days));
    }
    Later<std::vector<Story>> told(StoryQuery query) override { return store_.told(std::move(query)); }
    Later<std::vector<std::vector<MadePost>>> made(std::vector<MadeQuery> queries) override {
        return store_.made(std::move(queries));
    }
    Later<std::map<ReasonCode, std::int64_t>> held(std::string account) override {
        return store_.held(std::move(account));
    }
    Later<std::map<PostState, std::int64_t>> counts(std::string account) override {
        return store_.counts(std::move(account));
    }
    Later<UnsettledCounts> unsettled() override { return store_.unsettled(); }
    Later<std::map<std::string, Leaving>> leaving(std::vector<std::string> accounts, Instant now) override {
        return store_.leaving(std::move(accounts), now);
    }
    Later<Trimmed> trim(TrimQuery query) override { return store_.trim(std::move(query)); }

protected:
    Store& store_;
};

} // namespace crier::sim
