#pragma once

#include "core/schedule/catchup.hpp"
#include "engine/accept.hpp"
#include "engine/alerts.hpp"
#include "engine/compose.hpp"
#include "engine/entry_slot.hpp"
#include "engine/fuse_check.hpp"
#include "engine/origins.hpp"
#include "engine/outlook.hpp"
#include "engine/world.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace crier::engine {

/// What goes out next, for people.
struct Upcoming {
    std::string entry; ///< or
    Instant due{};
    std::string source = {}; ///< ... a source's item that waits for its time, ...
    std::string title = {};  ///< ... and what it is about
};

/// Turns occurrences of the schedule into posts of the outbox as they become due: the posts, what was drawn
/// for them and the entry's progress in one transaction. What takes time (a condition, a draw, a command) the
/// entry's provider gets first, so that no entry waits for another.
///
/// A changed configuration is another planner's: all that this one knows is in the store, or its providers'.
///
/// Ownership: by the engine; the world outlives it.
/// Thread: the engine's. Cancellation: none; stop() ends run() at its next wait.
class Planner {
public:
    using Accepted = std::function<void(const std::string& account)>; ///< there is work for this lane

    using Providers = std::vector<std::unique_ptr<Provider>>;

    Planner(Configuration settings, World& world, Outlook& outlook, ProfileOf profile, Accepted accepted,
            Alerts& alerts);

    /// Takes up what the store knows of the entries; an entry that it does not know starts now. `before`: of
    /// the planner before it, those that still serve their entries.
    void begin(const States& known, const Origins& origins, Providers before = {});

    /// Those that the engine runs beside run().
    [[nodiscard]] const Providers& providers() const noexcept { return providers_; }

    /// As stop(), but the providers go on: another planner is to have them.
    void retire();
    /// After run() has ended.
    [[nodiscard]] Providers hand_over();

    /// Fires what is due, waits for the next, until stop().
    [[nodiscard]] boost::asio::awaitable<void> run();

    /// How long before they are due posts go into the outbox, so that then only their attempt is to be
    /// recorded. What asks the world first is asked when it is due. No part of a second that people write:
    /// what is due then would share the disk with what is about to be.
    static constexpr Duration head_start = std::chrono::milliseconds{130};

    /// Fires what is due now, and with a head start what is about to be, once. False when the store could not
    /// take it.
    [[nodiscard]] boost::asio::awaitable<bool> fire_due(Duration ahead = Duration::zero());

    /// The same, and waits for what the providers get for it. What one could not get is added to `wanting`,
    /// as "entry: why".
    [[nodiscard]] boost::asio::awaitable<bool> fire_all_due(std::vector<std::string>& wanting);

    /// The zones' rules have changed: what comes next is reckoned anew.
    void heed_zones();

    void stop();
    void wake() { alarm_->ring(); }

    [[nodiscard]] std::vector<Upcoming> upcoming(std::size_t count) const;
    /// The next nominal instants of one entry, paused or not.
    [[nodiscard]] std::vector<Instant> next_of(std::string_view entry, std::size_t count) const;
    /// Each entry, when it next fires, and whether it is paused or its fuse has tripped.
    struct EntryView {
        std::string_view name;
        std::optional<Instant> next; ///< nothing: never again
        bool paused = false;
        bool tripped = false;
    };
    [[nodiscard]] std::vector<EntryView> entries() const;
    /// When the schedule next has something for each account, of those that it has something for.
    [[nodiscard]] std::map<std::string, Instant> next_by_account() const;
    /// The account's firings until a moment that are not in the outbox yet; of each entry at most 1000.
    [[nodiscard]] std::vector<Occurrence> occurrences(const std::string& account, Instant until) const;
    /// What a forecast of the schedule must know of an entry.
    struct Standing {
        Instant next{};         ///< its first firing that is not in the outbox
        std::int64_t fired = 0; ///< as EntryState::counter
        bool paused = false;
        bool tripped = false; ///< its fuse has
    };
    /// By the entries' names, which the settings keep.
    [[nodiscard]] std::unordered_map<std::string_view, Standing> standings() const;
    [[nodiscard]] std::vector<std::string> paused() const;
    [[nodiscard]] std::optional<EntryState> state_of(std::string_view entry) const;
    /// In memory; the caller's batch makes it durable.
    void set_paused(std::string_view entry, bool paused);
    /// Why the store did not take what is due; empty: it did.
    [[nodiscard]] const std::string& trouble() const noexcept { return trouble_; }
    /// Likewise. Returns the state from before.
    fuse::State set_fuse(std::string_view entry, fuse::State fuse);
    /// Entries whose fuse has tripped.
    [[nodiscard]] std::vector<EntryState> tripped() const;

private:
    void heed_step_back(Instant now);
    [[nodiscard]] std::optional<std::size_t> slot_of(std::string_view entry) const;
    /// occurrences() has another answer for them.
    void note_change(const EntrySlot& slot);
    void note_change(const std::string& account);
    void push(std::size_t slot);
    [[nodiscard]] static Instant turn_of(const EntrySlot& slot);
    [[nodiscard]] std::optional<Instant> next_turn();
    [[nodiscard]] std::vector<std::size_t> take_due(Instant now, Duration ahead);
    /// One entry that is due: how far it will be, and what it makes.
    struct Round {
        std::size_t index = 0;
        EntryProgress progress;
        std::string note; ///< as EntryState::note
        std::vector<Post> missed;
        std::vector<Post> parts;       ///< of threads, but for the first ones: they go by those
        std::vector<FuseCheck> checks; ///< with the posts, one for each account
        std::optional<Provision> provision;
        bool tripped = false;

        Round() = default;
    };
    void make_provider(std::size_t index, std::unique_ptr<Provider> before, DrawnMarks& drawn);
    /// But for what it leaves out.
    [[nodiscard]] schedule::Due due_of(const EntrySlot& slot, Instant now, Instant settled) const;
    [[nodiscard]] bool leaves_out(const EntrySettings& entry, Instant nominal) const;
    [[nodiscard]] std::vector<Round> take_provided();
    /// `settled`: up to which moment all is, after it.
    [[nodiscard]] Round fire(std::size_t index, const schedule::Due& due, Instant now, Instant settled,
                             std::optional<Provision> provision) const;
    void expire(Round& round, Instant nominal, const std::string& reason, Instant now) const;
    /// All parts of a thread, or the one post that there is; none, where the entry leaves out what falls into
    /// quiet times.
    [[nodiscard]] std::vector<Post> make_posts(const PostTarget& target, const EntrySlot& slot,
                                               const EntryOccurrence& occurrence, Instant now) const;
    [[nodiscard]] boost::asio::awaitable<void> rest();
    [[nodiscard]] boost::asio::awaitable<bool> ask_fuses(std::vector<Round>& rounds);
    [[nodiscard]] boost::asio::awaitable<bool> write(Batch batch, const std::vector<Round>& rounds);
    void trouble(const Failure& failure);

    Configuration settings_;
    World& world_;
    Outlook& outlook_;
    ProfileOf profile_;
    Accepted accepted_;
    Alerts& alerts_;
    std::unique_ptr<Alarm> alarm_;
    std::vector<EntrySlot> slots_; ///< in the order of the settings' schedule
    Providers providers_;
    std::vector<std::size_t> provided_;                 ///< slots whose provider has something
    std::vector<std::pair<Instant, std::size_t>> heap_; ///< by turn_of(); stale pairs are passed over
    struct Firing {
        std::string account;
        Expected post;
    };
    std::vector<Firing> firing_; ///< on their way into the outbox
    /// What an account is asked of must not cost as much as there are entries.
    struct OfAccount {
        std::vector<std::uint32_t> slots;
        std::uint64_t changes = 1; ///< of what occurrences() answers
    };
    std::unordered_map<std::string_view, OfAccount> by_account_; ///< by names that are kept for ever
    std::set<std::size_t> unsaved_; ///< slots whose state the store does not know yet
    Instant latest_{};              ///< the wall clock when it last looked
    std::string trouble_;           ///< why the store did not take the last batch; empty: it did
    bool stopping_ = false;
};

} // namespace crier::engine
