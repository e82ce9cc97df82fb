#pragma once

#include "engine/adopt.hpp"
#include "engine/alerts.hpp"
#include "engine/approvals.hpp"
#include "engine/clock_watch.hpp"
#include "engine/configuration.hpp"
#include "engine/difference.hpp"
#include "engine/edits.hpp"
#include "engine/heartbeat.hpp"
#include "engine/lane.hpp"
#include "engine/memory.hpp"
#include "engine/orders.hpp"
#include "engine/origins.hpp"
#include "engine/planner.hpp"
#include "engine/poller.hpp"
#include "engine/subscriptions.hpp"
#include "engine/target.hpp"
#include "engine/token_checks.hpp"
#include "engine/trimmer.hpp"
#include "engine/undo.hpp"
#include "engine/uploads.hpp"
#include "engine/world.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crier::engine {

/// What a run of `crier run --once` left behind.
struct OnceReport {
    std::size_t unfinished = 0;     ///< posts that were due and have come to no end
    std::size_t failed = 0;         ///< posts that were given up
    std::size_t held = 0;           ///< accounts that do not post until somebody mends their token
    std::size_t failed_sources = 0; ///< that could not be read
    bool store_failed = false;      ///< the store did not take what was due, or did not say what is left
    std::string first_trouble;      ///< one of all that, in words

    OnceReport() = default;
};

/// What the store knows of the sources, by their names. The states outlive it.
struct KnownSources {
    explicit KnownSources(const States& known);

    std::map<std::string_view, const SourceState*> states;
    std::map<std::string_view, std::vector<SourceAccount>> accounts;
};

/// The daemon without its skin: one planner, a poller for each source, a lane for each account.
///
/// Ownership: the world outlives it.
/// Thread: one; all members are called on the executor's.
/// Errors: an exception out of a task is a bug: it is logged, and the engine stops with failure().
class Engine {
public:
    Engine(boost::asio::any_io_executor executor, Configuration settings, World& world);
    /// For settings that outlive it.
    Engine(boost::asio::any_io_executor executor, const Settings& settings, World& world)
        : Engine(std::move(executor), borrowed(settings), world) {}
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    /// Takes up what the store knows. Before run() or run_once().
    [[nodiscard]] boost::asio::awaitable<Result<>> begin();

    /// The rules of time zones have changed.
    void heed_zones() { planner_->heed_zones(); }

    /// Takes up another configuration while run() runs: what it does not change goes on undisturbed, and a
    /// request that is on its way ends by the one before. `difference`: what it changes. `in_place` is called
    /// when the parts stand by it, before anybody from outside is let in again; `done` when all goes by it.
    /// Neither, when stop() comes first. One at a time.
    void reload(Configuration next, Difference difference, std::function<void()> in_place,
                std::function<void()> done);
    /// Nobody waits for it any more.
    void forget_reload() { in_place_ = taken_up_ = nullptr; }

    /// While one of these is held nothing that the engine hands out (lanes, settings) is replaced. Whoever
    /// calls it from outside holds one until the answer is made.
    class Visit {
    public:
        Visit() noexcept = default; ///< none
        explicit Visit(Engine& engine) noexcept
            : engine_(&engine) {
            ++engine.visits_;
        }
        Visit(Visit&& other) noexcept
            : engine_(std::exchange(other.engine_, nullptr)) {}
        Visit& operator=(Visit&&) = delete;
        ~Visit() {
            if (engine_ != nullptr)
                engine_->leave();
        }

    private:
        Engine* engine_ = nullptr;
    };
    /// At once, but for the moment in which a changed configuration is being taken up.
    [[nodiscard]] boost::asio::awaitable<Visit> visit();

    /// Runs until stop(), then lets requests in hand end and records their outcome.
    [[nodiscard]] boost::asio::awaitable<void> run();

    /// Does what is due now, delivers it, and ends: at the latest after a few minutes.
    [[nodiscard]] boost::asio::awaitable<OnceReport> run_once();

    void stop();

    /// Another daemon has written posts of this account.
    void heed_written(const std::string& account) { accepted(account); }
    /// Perhaps of any: nobody could tell for a while.
    void heed_anything_written();
    /// Others were asked something about what is worked on here (ports/store, Wish).
    void heed_wishes();

    /// Called when an account is held or paused, or goes on.
    std::function<void()> on_standing;

    [[nodiscard]] const std::optional<std::string>& failure() const noexcept { return failure_; }

    /// What somebody has sent to a source that hears.
    [[nodiscard]] boost::asio::awaitable<Hearing> hear(std::string source, Heard heard);

    // What hubs come with; `id` is that of a subscription. Null: there is none, until the next wait.
    [[nodiscard]] const Subscription* subscription(std::string_view id) const {
        return subscriptions_.find(id);
    }
    [[nodiscard]] const Subscription* subscription_of(std::string_view source) const {
        return subscriptions_.of(source);
    }
    [[nodiscard]] boost::asio::awaitable<HubAnswer> answer_hub(std::string id, HubQuestion question) {
        return subscriptions_.answer(std::move(id), std::move(question));
    }
    [[nodiscard]] boost::asio::awaitable<Hearing> hear_hub(std::string id, Heard heard);
    /// A hub has pushed what cannot be taken: the source is looked at, and not more than once a minute.
    void look_for_hub(std::string_view id);

    /// Waits a moment for how much the server takes, where nobody here knows it yet; for those who are about
    /// to call post(), before they hold a visit. Empty: the only account there is.
    [[nodiscard]] boost::asio::awaitable<void> know_server_of(std::string account);

    // What people ask for; also while it is running. Before begin() has ended: Cause::temporary.
    [[nodiscard]] boost::asio::awaitable<Result<Accepted>> post(PostOrder order);
    /// A file for posts to come: PostOrder::uploads.
    [[nodiscard]] boost::asio::awaitable<Result<Upload>> upload(std::string bytes) {
        return take_upload(world_.media, world_.random, world_.clock.now(), std::move(bytes));
    }
    /// A file that a post names, for people: engine/kept_media.
    [[nodiscard]] MediaFetcher& media() noexcept { return world_.media; }
    [[nodiscard]] boost::asio::awaitable<Result<Post>> act(PostId id, OutboxAction action, bool anyway,
                                                           std::optional<std::int64_t> version = {});
    [[nodiscard]] boost::asio::awaitable<Result<Post>> edit(PostId id, PostEdit edit);
    [[nodiscard]] boost::asio::awaitable<Result<Acted>> act_on_all(PostQuery query, OutboxAction action,
                                                                   bool anyway);
    /// What `crier undo` would take back, and when that would be done. Nothing is changed.
    [[nodiscard]] boost::asio::awaitable<Result<Undone>> would_undo(UndoOrder order);
    /// Pauses what made it, then takes it back.
    [[nodiscard]] boost::asio::awaitable<Result<Undone>> undo(UndoOrder order);
    /// What is on the server goes, what waits never will; nothing is paused.
    [[nodiscard]] boost::asio::awaitable<Result<Undone>> remove(PostId id);
    [[nodiscard]] boost::asio::awaitable<Result<Undone>> remove_all(PostQuery query);
    [[nodiscard]] boost::asio::awaitable<Result<Post>> act_on_published(PostId id, PublishedAction action);
    /// Of all that `query` finds, what waits to be done is not done. How many there were.
    [[nodiscard]] boost::asio::awaitable<Result<std::size_t>> keep_all(PostQuery query);
    /// What is still to be deleted of what `query` finds, account by account.
    [[nodiscard]] boost::asio::awaitable<Result<std::vector<Deletions>>> deletions(PostQuery query);
    /// At most `most_adopted` links.
    [[nodiscard]] boost::asio::awaitable<Result<Adopted>> adopt(AdoptOrder order);
    [[nodiscard]] boost::asio::awaitable<Result<>> pause(Target target, std::optional<Duration> length,
                                                         std::string why);
    /// A source or entry that is named also has its fuse reset, and what that held goes.
    /// Refused where an account is held because the store was put back.
    [[nodiscard]] boost::asio::awaitable<Result<>> resume(Target target);
    /// The same for accounts, and for those: what was due before `since` counts as posted and is cancelled.
    [[nodiscard]] boost::asio::awaitable<Result<Believed>> resume_since(Target target, Instant since);

    [[nodiscard]] std::vector<LaneView> lanes() const;
    [[nodiscard]] std::vector<SourceState> sources() const;
    [[nodiscard]] std::map<std::string, Instant> next_by_account() const {
        return planner_->next_by_account();
    }
    [[nodiscard]] std::vector<std::string> paused_entries() const { return planner_->paused(); }
    [[nodiscard]] std::vector<EntryState> tripped_entries() const { return planner_->tripped(); }
    /// Those that the store knows and the configuration no longer has.
    [[nodiscard]] const std::vector<std::string>& gone_accounts() const noexcept { return gone_accounts_; }
    [[nodiscard]] std::vector<Upcoming> upcoming(std::size_t count) const;
    /// Items that have their time and wait for it, with their sources.
    [[nodiscard]] std::vector<std::pair<const SourceSettings*, Item>> waiting_items() const;
    /// Null: the configuration has no such account.
    [[nodiscard]] const Lane* lane(std::string_view account) const;
    [[nodiscard]] const Approvals& approvals() const noexcept { return approvals_; }
    /// A person is to approve it, by the account's mode as well, and has not.
    [[nodiscard]] bool is_to_be_read(const Post& post) const;
    [[nodiscard]] const Planner& planner() const noexcept { return *planner_; }
    [[nodiscard]] const Origins& origins() const noexcept { return origins_; }
    [[nodiscard]] Instant now() const { return world_.clock.now(); }
    /// Cause::temporary before begin() has ended.
    [[nodiscard]] Result<> ready() const;
    /// What the configuration has changed is recorded, and the lanes run.
    [[nodiscard]] bool posting() const noexcept { return changes_settled_ && lanes_spawned_ && !stopping_; }
    [[nodiscard]] const Settings& settings() const noexcept { return *settings_; }
    [[nodiscard]] Store& store() noexcept { return world_.store; }
    /// Why nothing can be recorded now, as the last to try has met it: a lane, the schedule, a source or
    /// whoever asked for something. Empty: it can, as far as is known.
    [[nodiscard]] std::string store_trouble() const;
    [[nodiscard]] const Tally& tally() const noexcept { return world_.tally; }
    /// Of each kind, how many things are wrong that somebody is told of.
    [[nodiscard]] std::map<AlertKind, std::size_t> alerts_on() const { return alerts_.on(); }
    /// How the store is shared; nothing: it is not.
    [[nodiscard]] boost::asio::awaitable<std::optional<Sharing>> sharing() const;
    /// Sources that are not looked at any more, by their own word.
    [[nodiscard]] bool is_gone(std::string_view source) const;

private:
    /// How a task ends when the engine stops.
    enum class Ending {
        by_itself, ///< it is told, and ends what it has in hand
        cut_off,   ///< what it has in hand leaves no trace
    };
    struct Task {
        explicit Task(Ending how)
            : ending(how) {}
        boost::asio::cancellation_signal cancel;
        Ending ending;
        bool over = false;
    };
    void spawn(boost::asio::awaitable<void> task, const std::string& name, Ending ending);
    void cut_off(const std::string& task);
    [[nodiscard]] boost::asio::awaitable<void> end_of(std::string task);
    void spawn_lanes();
    void spawn_lane(Lane& lane);
    [[nodiscard]] NeedsApproval needs_approval() const;
    void spawn_pollers();
    void spawn_ready_pollers();
    void spawn_poller(Poller& poller);
    void spawn_providers();
    [[nodiscard]] ProfileOf profile_of();
    void make_planner();
    void begin_lanes(const States& known);
    void begin_lane(const AccountSettings& account, AccountState state, const States& known, Scopes needed);
    void begin_gone(const States& known);
    void begin_pollers(const States& states);
    void find_movers();
    [[nodiscard]] std::unique_ptr<Poller> begin_poller(const SourceSettings& source, KnownSources& known);
    void begin_alerts(const States& known);
    void raise_what_is_wrong();

    // wishes.cpp
    [[nodiscard]] boost::asio::awaitable<Result<>> wish(Target target, PauseMark mark);
    [[nodiscard]] boost::asio::awaitable<Result<>> grant(Wish wish);
    [[nodiscard]] boost::asio::awaitable<bool> grant_all();
    [[nodiscard]] boost::asio::awaitable<void> grant_wishes();

    // reload.cpp
    struct Handover;
    void leave();
    [[nodiscard]] boost::asio::awaitable<void> take_up(Configuration next);
    [[nodiscard]] boost::asio::awaitable<void> close_door();
    void open_door();
    [[nodiscard]] boost::asio::awaitable<void> end_lanes(const Difference& difference);
    [[nodiscard]] boost::asio::awaitable<void> end_pollers(const Settings& next,
                                                           const Difference& difference);
    [[nodiscard]] boost::asio::awaitable<void> end_planner(const Settings& next);
    [[nodiscard]] boost::asio::awaitable<Result<>> record(const Settings& next, Handover& handover);
    void put_in_place(Configuration next, const Difference& difference, Handover& handover);
    void retire_lanes(const Difference& difference);
    void hand_over(const Difference& difference);
    void take_over(const Difference& difference, const States& known);
    void spawn_new();
    [[nodiscard]] bool knows(const std::string& subject) const;
    [[nodiscard]] bool can_be_silent(const std::string& subject) const;
    [[nodiscard]] Poller* poller_of(std::string_view source) const; ///< null: there is none
    [[nodiscard]] boost::asio::awaitable<void> plan();
    [[nodiscard]] boost::asio::awaitable<void> know_servers();
    [[nodiscard]] boost::asio::awaitable<void> join();
    [[nodiscard]] boost::asio::awaitable<Result<std::vector<Post>>> under_way();
    [[nodiscard]] boost::asio::awaitable<std::optional<std::size_t>> unfinished(Duration patience);
    [[nodiscard]] boost::asio::awaitable<void> check_tokens();
    [[nodiscard]] bool resting() const;
    [[nodiscard]] boost::asio::awaitable<void> sign_off();
    [[nodiscard]] boost::asio::awaitable<Result<>> write(Batch batch);
    [[nodiscard]] std::vector<Lane*> lanes_of(const Target& target, bool restored) const;
    [[nodiscard]] boost::asio::awaitable<Result<>> mark(Target target, PauseMark mark);
    [[nodiscard]] boost::asio::awaitable<Result<Undone>> carried_out(UndoPlan plan);
    [[nodiscard]] std::vector<Deletions> deletions_of(const std::vector<Post>& removed) const;
    [[nodiscard]] std::vector<Target> to_pause(const UndoPlan& plan) const;
    [[nodiscard]] boost::asio::awaitable<Result<>> reset_fuse(OriginKind kind, std::string name);
    [[nodiscard]] boost::asio::awaitable<bool> take_up_changes();
    [[nodiscard]] boost::asio::awaitable<Result<>> write_pending();
    void accepted(const std::string& account);
    [[nodiscard]] boost::asio::awaitable<Result<ServerProfile>> server_of(std::string account);

    boost::asio::any_io_executor executor_;
    Configuration settings_;
    World& world_;
    ClockWatch clock_watch_;
    std::unique_ptr<Alarm> clock_alarm_; ///< rung when the clock is in doubt no longer
    std::unique_ptr<Alarm> progress_;    ///< rung whenever a task ends or a lane comes to rest
    Outlook outlook_;
    Budgets budgets_;
    ServerProfiles profiles_;
    Alerts alerts_;
    Heartbeat heartbeat_;
    Approvals approvals_;
    Trimmer trimmer_;
    std::map<std::string, std::unique_ptr<Lane>, std::less<>> lanes_;
    TokenChecks token_checks_;
    StoryBook stories_;
    Subscriptions subscriptions_;
    std::vector<std::unique_ptr<Poller>> pollers_;
    std::vector<Poller*> movers_; ///< those that wait for posts to end: few, for each lane tells them often
    std::unique_ptr<Planner> planner_; ///< never null
    Origins origins_;
    std::vector<std::string> gone_accounts_;
    Batch pending_; ///< what the configuration has changed: before anything else is written
    std::map<std::string, std::unique_ptr<Task>> tasks_; ///< by name: "lane news", "source blog", "planner"
    std::size_t running_ = 0;
    Configuration next_; ///< to be taken up; null: none
    Difference difference_;
    std::function<void()> in_place_;
    std::function<void()> taken_up_;
    std::map<std::string, Duration> former_polls_; ///< of sources that are begun anew
    Planner::Providers kept_providers_;            ///< between two planners
    bool planner_retired_ = false;                 ///< another one is about to take its place
    /// Lanes that have ended, without what they worked by: a look that began before may still ask what the
    /// server of one takes, and whoever asks a server for all of its accounts may ring one. They are small,
    /// and few go.
    std::vector<std::unique_ptr<Lane>> retired_;
    std::unique_ptr<Alarm> wished_; ///< rung when there may be wishes
    std::size_t visits_ = 0;
    bool door_closed_ = false;
    std::vector<std::weak_ptr<Alarm>> at_the_door_;
    bool begun_ = false;
    bool lanes_spawned_ = false;
    bool changes_settled_ = false;
    bool changes_trouble_ = false;
    bool stopping_ = false;
    std::optional<std::string> failure_;
};

} // namespace crier::engine
