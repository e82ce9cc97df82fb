#pragma once

#include "simulation/random.hpp"
#include "simulation/time.hpp"
#include "simulation/trace.hpp"
#include "support/lease_table.hpp"
#include "support/memory_tables.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace crier::sim {

/// The database that several daemons share, as PostgreSQL would have it: docs/POSTGRESQL.md.
struct Database {
    explicit Database(Duration lease)
        : leases(lease) {}

    test::MemoryTables tables;
    test::LeaseTable leases;
    bool fences = true; ///< false: the test of the test
    Instant down_until{};
    std::size_t fenced = 0; ///< late writes that were refused
    /// Told of each write, and of the life that made it.
    std::function<void(std::uint64_t life, const std::string& account)> on_written;
    std::function<void()> on_free;
    std::function<void()> on_wished;
};

/// One daemon's way to it: cut off, nothing comes through, and what was on its way is done or not.
struct Way {
    Way(Database& to, Time& by, Trace& told)
        : database(to)
        , time(by)
        , trace(told) {}

    [[nodiscard]] bool open() const {
        return time.world() >= cut_until && time.world() >= database.down_until;
    }

    Database& database;
    Time& time;
    Trace& trace;
    Instant cut_until{};
    Instant not_renewed_until{}; ///< only what the leases ask does not come through
    std::uint64_t life = 0;      ///< of its leases
};

class SharedStore final : public Store {
public:
    explicit SharedStore(Way& way)
        : way_(way) {}

    boost::asio::awaitable<Result<Applied>> apply(Batch batch) override;
    boost::asio::awaitable<Result<States>> load() override {
        return ask<States>([](auto& tables) { return tables.states(); });
    }
    boost::asio::awaitable<Result<LaneWork>> lane(LaneQuery query) override {
        return ask<LaneWork>([query = std::move(query)](auto& tables) { return tables.lane(query); });
    }
    boost::asio::awaitable<Result<std::vector<Post>>> find(PostQuery query) override {
        return ask<std::vector<Post>>(
            [query = std::move(query)](auto& tables) { return tables.find(query); });
    }
    boost::asio::awaitable<Result<std::vector<Attempt>>> attempts(PostId post) override {
        return ask<std::vector<Attempt>>([post](auto& tables) { return tables.attempts(post); });
    }
    boost::asio::awaitable<Result<std::optional<Amendment>>> amendment(PostId post) override {
        return ask<std::optional<Amendment>>([post](auto& tables) { return tables.amendment(post); });
    }
    boost::asio::awaitable<Result<std::vector<SeenItem>>> seen(SeenQuery query) override {
        return ask<std::vector<SeenItem>>(
            [query = std::move(query)](auto& tables) { return tables.seen(query); });
    }
    boost::asio::awaitable<Result<std::vector<SeenItem>>> newest_seen(NewestSeen query) override {
        return ask<std::vector<SeenItem>>(
            [query = std::move(query)](auto& tables) { return tables.newest_seen(query); });
    }
    boost::asio::awaitable<Result<std::vector<Post>>> agenda(AgendaQuery query) override {
        return ask<std::vector<Post>>(
            [query = std::move(query)](auto& tables) { return tables.agenda(query); });
    }
    boost::asio::awaitable<Result<Counted>> count_days(std::vector<Instant> days) override {
        return ask<Counted>([days = std::move(days)](auto& tables) { return tables.count_days(days); });
    }
    boost::asio::awaitable<Result<std::vector<Story>>> told(StoryQuery query) override {
        return ask<std::vector<Story>>(
            [query = std::move(query)](auto& tables) { return tables.told(query); });
    }
    boost::asio::awaitable<Result<std::vector<std::vector<MadePost>>>>
    made(std::vector<MadeQuery> queries) override {
        return ask<std::vector<std::vector<MadePost>>>(
            [queries = std::move(queries)](auto& tables) { return tables.made(queries); });
    }
    boost::asio::awaitable<Result<std::map<ReasonCode, std::int64_t>>> held(std::string account) override {
        return ask<std::map<ReasonCode, std::int64_t>>(
            [account = std::move(account)](auto& tables) { return tables.held(account); });
    }
    boost::asio::awaitable<Result<std::map<PostState, std::int64_t>>> counts(std::string account) override {
        return ask<std::map<PostState, std::int64_t>>(
            [account = std::move(account)](auto& tables) { return tables.counts(account); });
    }
    boost::asio::awaitable<Result<UnsettledCounts>> unsettled() override {
        return ask<UnsettledCounts>([](auto& tables) { return tables.unsettled(); });
    }
    boost::asio::awaitable<Result<std::map<std::string, Leaving>>> leaving(std::vector<std::string> accounts,
                                                                           Instant now) override {
        return ask<std::map<std::string, Leaving>>(
            [accounts = std::move(accounts), now](auto& tables) { return tables.leaving(accounts, now); });
    }
    boost::asio::awaitable<Result<Trimmed>> trim(TrimQuery query) override {
        return ask<Trimmed>([query](auto& tables) { return tables.trim(query); });
    }

private:
    template <class T>
    boost::asio::awaitable<Result<T>> ask(std::function<T(test::MemoryTables&)> question) {
        const bool through = co_await gets_through();
        if (!through)
            co_return Failure{Cause::temporary, "the database cannot be reached", {}};
        co_return question(way_.database.tables);
    }
    [[nodiscard]] boost::asio::awaitable<bool> gets_through();

    Way& way_;
};

class SharedLeases final : public Leases {
public:
    explicit SharedLeases(Way& way)
        : way_(way) {}

    [[nodiscard]] Duration length() const noexcept override { return way_.database.leases.length(); }
    boost::asio::awaitable<Result<LeaseTerm>> order(LeaseOrder order) override;
    boost::asio::awaitable<Result<>> leave() override;
    boost::asio::awaitable<Result<std::map<std::string, std::string>>>
    holders(std::vector<std::string> things) override;

private:
    Way& way_;
};

} // namespace crier::sim
