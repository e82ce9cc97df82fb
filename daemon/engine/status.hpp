#pragma once

#include "engine/engine.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// How things stand.
namespace crier::engine {

struct AccountStatus {
    AccountState state;
    std::string server;
    std::string kind;       ///< "mastodon 4.5.4", empty before the first contact
    std::string token;      ///< "ok", "missing: ...": what the source says, never what it holds
    std::string token_note; ///< LaneView's
    Mode mode = Mode::live;
    /// When something may leave: of its posts in the outbox, and of entries of the schedule.
    std::optional<Instant> next_due;
    std::string waits; ///< LaneView's
    std::string waits_why;
    std::optional<Instant> waits_until;
    std::vector<rates::BucketView> budgets; ///< what its server's limits, and its own, leave it
    std::optional<Deletions> deletions;     ///< that wait; nothing: none does
    bool elsewhere = false;                 ///< another daemon works on it: this is what it has recorded
    std::string daemon;                     ///< its name; empty: nobody does at this moment
};

struct SourceStatus {
    SourceState state;
    std::string plugin;
    std::string url;
    Duration poll{};
    std::string hears;               ///< the path that others send to; empty: it is looked at
    std::optional<Subscription> hub; ///< what is asked of the hub that pushes what is new
};

struct Status {
    bool running = true; ///< a daemon says so, not a command on a stopped one's store
    std::vector<AccountStatus> accounts;
    std::map<std::string, std::int64_t> gone_accounts; ///< not in the configuration: how many posts rest
    std::vector<SourceStatus> sources;
    std::vector<std::string> paused_entries;
    std::vector<EntryState> tripped_entries; ///< whose fuse has tripped
    std::map<PostState, std::int64_t> outbox;
    std::string store;                ///< Engine::store_trouble
    std::vector<std::string> restart; ///< ReloadTally::restart
    std::optional<Sharing> sharing;   ///< nothing: the store has one owner
    std::string timezone;             ///< of the configuration: entries without one of their own follow it

    Status() = default;
};

/// Of all accounts of the configuration.
[[nodiscard]] boost::asio::awaitable<Result<std::map<std::string, Leaving>>> leaving_of(Engine& engine);
/// When each account's next post may leave, of the outbox or the schedule; an account without one is not in
/// it. Looks after publication, edits and deletions are none.
[[nodiscard]] std::map<std::string, Instant> next_to_leave(const Engine& engine,
                                                           const std::map<std::string, Leaving>& outbox);

[[nodiscard]] boost::asio::awaitable<Result<Status>> status_of(Engine& engine);

} // namespace crier::engine
