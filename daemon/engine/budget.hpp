#pragma once

#include "core/delivery/reply.hpp"
#include "core/digest.hpp"
#include "core/rates/ledger.hpp"
#include "core/rates/news.hpp"
#include "core/rates/pace.hpp"
#include "core/rates/server_clock.hpp"
#include "core/settings.hpp"
#include "engine/outlook.hpp"
#include "ports/clock.hpp"
#include "ports/log.hpp"
#include "ports/store.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace crier::engine {

class Budget;

/// Where an account's calls are counted. Accounts with one token share a TokenBook, those on one server a
/// ServerBook.
struct TokenBook {
    rates::Ledger ledger{rates::Scope::own};
    std::vector<Budget*> members;
};
struct ServerBook {
    rates::Ledger ledger{rates::Scope::address};
    rates::ServerClock clock;
    std::string software; ///< as last heard; empty: not yet
    std::vector<Budget*> members;
};

/// What the limits of one account's server, and its own, leave it: asked before a call, debited before it is
/// made, settled by the reply. All times are by our clock.
///
/// Ownership: by Budgets. Thread: the engine's.
class Budget {
public:
    Budget(const AccountSettings& settings, Clock& clock, Outlook& outlook);
    Budget(const Budget&) = delete;
    Budget& operator=(const Budget&) = delete;

    /// When the calls may be made; `scheduled` ones need not leave room for what is due from the schedule.
    [[nodiscard]] rates::Turn turn(const rates::Needs& needs, bool scheduled) const;
    /// When a post may take its next step: only when it may be published then, too. `repeat`: it is in doubt,
    /// and to ask for its outcome is no new post.
    [[nodiscard]] rates::Turn turn(const Post& post, const rates::Needs& needs, bool repeat) const;
    /// When a published post may be looked at: that can wait, so it leaves room for all else.
    [[nodiscard]] rates::Turn turn_of_receipt() const;
    /// When a published post may be amended: as that.
    [[nodiscard]] rates::Turn turn_of_amendment(rates::Call call) const;
    /// When it may be asked what the token may do: as that.
    [[nodiscard]] rates::Turn turn_of_check() const {
        return turn_that_waits(rates::Call::probe, rates::Share::half);
    }
    /// When the last of so many calls of a kind can be made.
    [[nodiscard]] Instant when_done(rates::Call call, int count) const;
    /// The calls that the post takes from here on; a repeat of what was counted in this window is told.
    [[nodiscard]] rates::Needs needs_of(const Post& post) const;

    /// Before a call that is no publish.
    void debit(rates::Call call, int count = 1);
    /// Before a publish; `needs` as they were before the attempt was counted.
    void debit_publish(const Post& post, const rates::Needs& needs, bool repeat);
    /// Debited calls were not made.
    void give_back(rates::Call call, int count = 1);
    void give_back_publish(const rates::Needs& needs, bool repeat);
    /// After the reply.
    rates::Heard settle(rates::Call call, const Reply& reply);
    rates::Heard settle_publish(const rates::Needs& needs, bool repeat, const Reply& reply);

    /// It waits for calls that others on its server may not need after all: then `on_room` is called, once.
    void wait_for_room() noexcept { waits_for_room_ = true; }
    std::function<void()> on_room;

    /// The account does not post for now (held, paused): nobody leaves it room.
    void set_silent(bool silent) noexcept { silent_ = silent; }

    /// The server's clock, where a reply has told it since the start.
    [[nodiscard]] std::optional<Instant> server_time() const;

    /// For AccountState::rate.
    [[nodiscard]] std::string text() const;
    /// The accounts that post with the same token, this one among them.
    [[nodiscard]] std::vector<std::string> same_token() const;
    /// Its server's buckets that have a limit known, then its own limits.
    [[nodiscard]] std::vector<rates::BucketView> views() const;
    [[nodiscard]] const AccountSettings& settings() const noexcept { return *settings_; }
    /// Another configuration says this of the account, which is on the same server.
    void use(const AccountSettings& settings) noexcept { settings_ = &settings; }

private:
    friend class Budgets;
    struct Now {
        Instant ours{};
        Instant server{};
        [[nodiscard]] Instant to_ours(Instant when) const { return ours + (when - server); }
        [[nodiscard]] Instant to_server(Instant when) const { return server + (when - ours); }
    };
    [[nodiscard]] Now now() const;
    void tell_of_room() const;
    [[nodiscard]] rates::Turn turn_that_waits(rates::Call call, rates::Share share) const;
    [[nodiscard]] rates::Reserve reserve(const std::vector<Budget*>& members, const Now& now) const;
    rates::Heard settle(const rates::Needs& call, rates::Call kind, rates::Outcome outcome,
                        const Reply& reply);

    const AccountSettings* settings_; ///< never null
    Clock& clock_;
    Outlook& outlook_;
    std::shared_ptr<TokenBook> own_;
    std::shared_ptr<ServerBook> server_;
    rates::Pace pace_;
    Digest token_;
    std::string software_;
    bool silent_ = false;
    bool waits_for_room_ = false;
};

/// All accounts' budgets: which of them count together.
class Budgets {
public:
    Budgets(Clock& clock, Log& log, Outlook& outlook)
        : clock_(clock)
        , log_(log)
        , outlook_(outlook) {}

    /// Takes up what the store knows of the account. Once for each, until close().
    Budget& open(const AccountSettings& settings, const AccountState& state);
    /// Its account has no lane any more, or is about to have another one: nobody else counts with it.
    void close(const std::string& account);
    /// The server turned out to be of this kind.
    void use(Budget& budget, const std::string& software);
    /// The account's calls bear this token from now on (its digest).
    void use_token(Budget& budget, const Digest& token);

private:
    Clock& clock_;
    Log& log_;
    Outlook& outlook_;
    std::map<std::string, std::unique_ptr<Budget>, std::less<>> budgets_;
    std::map<std::string, std::shared_ptr<ServerBook>, std::less<>> servers_;
    std::map<std::pair<std::string, Digest>, std::weak_ptr<TokenBook>> tokens_;
};

} // namespace crier::engine
