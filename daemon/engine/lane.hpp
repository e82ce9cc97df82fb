#pragma once

#include "core/delivery/machine.hpp"
#include "core/delivery/sighting.hpp"
#include "core/held_by.hpp"
#include "core/scopes.hpp"
#include "engine/alerts.hpp"
#include "engine/budget.hpp"
#include "engine/clock_watch.hpp"
#include "engine/configuration.hpp"
#include "engine/obstacle.hpp"
#include "engine/outbox_writer.hpp"
#include "engine/pause_mark.hpp"
#include "engine/server_profiles.hpp"
#include "engine/sieve.hpp"
#include "engine/step_back.hpp"
#include "engine/world.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace crier::engine {

/// The most that one look for a post in doubt asks of its server.
[[nodiscard]] rates::Needs needs_of_look();

/// Why an account is not posting, for people.
struct LaneView {
    AccountState state;
    bool idle = false;                      ///< nothing that could be done now
    std::optional<Instant> next;            ///< when there will be something, as far as is known
    std::optional<PostId> at_work;          ///< the post in hand
    std::string token;                      ///< "ok", or why there is none, or what it lacks
    std::string token_note;                 ///< what else is to be said of it; may be empty
    std::vector<rates::BucketView> budgets; ///< of its server and its own
    /// "clock", "limited", "backing off", "store" or "no token", with `waits_why`; empty: none of it
    std::string waits;
    std::string waits_why;
    std::optional<Instant> waits_until;
    HeldBy held_by = HeldBy::nothing;
    bool own_limit = false; ///< "limited", by what its own settings say alone
    /// Since when, as far as this lane saw it, neither a person nor a hold nor its own limits keep it back;
    /// not while one of them does.
    Instant free_since{};
    std::size_t failed = 0; ///< posts that this lane has given up since the start
};

/// Carries one account's posts from the outbox to its server, one at a time, in order of priority and due
/// time. A dead token or a limit stops this lane and no other.
///
/// Ownership: by the engine; the world outlives it.
/// Thread: the engine's.
/// Cancellation: none. stop() lets the request in hand end (its deadline bounds that), records its outcome,
/// and run() returns.
class Lane {
public:
    /// What a post's item came from; null: from none, or from one that is not in the configuration any more.
    using SourceOf = std::function<const SourceSettings*(const Origin& origin)>;

    Lane(Configuration whole, const AccountSettings& settings, World& world, Budgets& budgets,
         ServerProfiles& profiles, Outlook& outlook, AccountState state, SourceOf source_of, Alerts& alerts,
         ClockWatch& clock_watch);

    [[nodiscard]] boost::asio::awaitable<void> run();

    /// Something changed: new posts, a row edited by a person, the account's state.
    void wake();
    void stop();

    [[nodiscard]] const AccountState& state() const noexcept { return state_; }
    /// In memory; the caller's batch makes it durable. Returns the mark from before.
    [[nodiscard]] PauseMark set_pause(PauseMark mark);
    /// A person says that what held it is mended; what a server's limit asks for still stands.
    void release();
    /// What was due before `posted_until` counts as posted, all else that the store knows is believed. In
    /// memory; the caller's batch makes it durable. Returns the memory from before, with which the lane is
    /// held again.
    [[nodiscard]] AccountMemory believe(AccountMemory memory);

    [[nodiscard]] LaneView view() const;
    /// When the last of so many deletions will be made, at the server's pace.
    [[nodiscard]] Instant deleted_by(std::size_t count) const;
    /// When what waits to be done with a published post is, at the earliest; nothing: it waits for none.
    [[nodiscard]] std::optional<Instant> turn_of(const Amendment& amendment) const;
    /// What keeps the account from posting now; empty: nothing.
    [[nodiscard]] std::vector<Obstacle> obstacles() const;
    /// What keeps this post of it from leaving now, besides that: what the lane would decide at this moment.
    [[nodiscard]] std::vector<Obstacle> obstacles(const Post& post) const;
    /// Nothing that could be done now.
    [[nodiscard]] bool idle() const noexcept { return idle_; }
    /// Until the next wait.
    [[nodiscard]] const AccountSettings& settings() const noexcept { return *settings_; }
    /// There is another configuration: what is in hand ends by the old one, all else goes by this. The
    /// account is on the same server, and has the same name and handle. `needed`: as needs_scopes() has it.
    void follow(Configuration whole, const AccountSettings& settings, Scopes needed);
    /// After run() has ended: only profile() is asked from now on.
    void let_go();

    /// The server's limits as last read; the defaults before that.
    [[nodiscard]] const ServerProfile& profile() const noexcept { return profile_; }
    [[nodiscard]] bool profile_known() const noexcept { return profile_known_; }

    /// Returns when the server has said what it takes, or could not be asked, or after `patience`: for those
    /// who make posts for one that nobody here has ever spoken to. While run() runs.
    [[nodiscard]] boost::asio::awaitable<void> know_server(Duration patience);
    /// It is asked soon, where it never was.
    void want_server();

    /// What its token must be able to do. Before run().
    void needs_scopes(Scopes needed) { needed_ = std::move(needed); }
    /// When it is to be asked what the token may do: at the start, and when there is another token; nothing:
    /// that is known.
    [[nodiscard]] std::optional<Instant> token_check() const noexcept { return token_check_; }
    /// What the token may do stands beside it.
    [[nodiscard]] bool knows_scopes() const { return !ports_.token->scopes().empty(); }
    /// By which the token is told from others; all zero: there is none.
    [[nodiscard]] Digest token_mark() const;
    /// Asks that, beside run(), which heeds the answer when nothing is in its hand: no post waits for it, and
    /// none is lost by it. `known`: what was answered to another account with the same token. Nothing: the
    /// server has not answered.
    [[nodiscard]] boost::asio::awaitable<std::optional<Reply>> check_token(std::optional<Reply> known);

    /// Called when the lane has found nothing to do now.
    std::function<void()> on_idle;
    /// Called when it looks again.
    std::function<void()> on_busy;
    /// Called when the account is held or paused, or goes on.
    std::function<void()> on_standing;
    /// Whether a person is to let the post go, whatever the mode; without it, none.
    std::function<bool(const Post&)> needs_approval;
    /// Called when one is held for that.
    std::function<void(const Post&)> on_approval;
    /// Called when token_check() has become due.
    std::function<void()> on_token;

private:
    [[nodiscard]] boost::asio::awaitable<void> take_next();
    [[nodiscard]] boost::asio::awaitable<void> take_amendment();
    [[nodiscard]] boost::asio::awaitable<void> take_pin();
    [[nodiscard]] boost::asio::awaitable<void> take(Post& post);
    [[nodiscard]] boost::asio::awaitable<bool> look();
    [[nodiscard]] boost::asio::awaitable<bool> publish(Post& post, const delivery::Decision& decision,
                                                       const rates::Needs& needs);
    [[nodiscard]] boost::asio::awaitable<bool> media_step(Post& post, const delivery::Decision& decision);
    [[nodiscard]] boost::asio::awaitable<Reply>
    record_and_upload(Post& post, std::size_t index, OutboxWriter::Written& written, bool& asked);
    [[nodiscard]] boost::asio::awaitable<Reply> upload(Post& post, std::size_t index, bool& asked);
    [[nodiscard]] boost::asio::awaitable<Reply> fetch(Post& post, std::size_t index);
    [[nodiscard]] boost::asio::awaitable<Reply> find_again(Post& post, std::size_t index);
    [[nodiscard]] boost::asio::awaitable<PreparedMedia> prepare(Post& post, std::size_t index);
    [[nodiscard]] boost::asio::awaitable<bool> look_for(Post& post);
    [[nodiscard]] boost::asio::awaitable<Timeline> read_page(const Post& post);
    [[nodiscard]] boost::asio::awaitable<Timeline> read_page_since(Instant since);
    [[nodiscard]] boost::asio::awaitable<std::optional<std::set<std::string>>>
    ours_among(const Timeline& page, PostId post);
    [[nodiscard]] boost::asio::awaitable<void> look_at(Post post);
    [[nodiscard]] boost::asio::awaitable<StatusSight> read_status(std::string status_id);
    [[nodiscard]] boost::asio::awaitable<bool> is_seen(std::string status_id);
    [[nodiscard]] boost::asio::awaitable<std::optional<Post>> next_part(Post post);
    [[nodiscard]] boost::asio::awaitable<Result<ServerProfile>> profile_unless_stopped();
    [[nodiscard]] boost::asio::awaitable<Result<ServerProfile>> read_profile();
    [[nodiscard]] boost::asio::awaitable<bool> learn_profile();
    void tell_of_server();
    [[nodiscard]] bool heed_profile(const ServerProfiles::Answer& answer);
    [[nodiscard]] boost::asio::awaitable<bool> try_held_token();
    [[nodiscard]] boost::asio::awaitable<void> ask_for_time();
    [[nodiscard]] boost::asio::awaitable<void> set_back(Duration by);
    enum class Reason {
        blocked,     ///< nothing may be done: held, paused, limited, backing off
        nothing_due, ///< the store has just said so, and `next_` is what it said
        passed_over, ///< what is due must wait for a limit, until `sieve_.turn()`; `next_` as above
    };
    [[nodiscard]] boost::asio::awaitable<void> rest(Reason why);
    [[nodiscard]] bool ours() const;

    [[nodiscard]] delivery::Rules rules() const;
    /// The same, with what of the post the server does not offer.
    [[nodiscard]] delivery::Rules rules_for(const Post& post) const;
    [[nodiscard]] std::optional<Instant> blocked_until(Instant now) const;
    [[nodiscard]] std::optional<Instant> blocked_besides_pause(Instant now) const;
    void apply(const delivery::LaneEffect& effect);
    void take_up_settings();
    void hold(std::string reason, std::string action, Instant until);
    [[nodiscard]] HeldBy held_by() const;
    void recover(std::string_view why);
    void finished(const Post& post);
    void tell(const Post& post) const;
    void note_lateness(const Post& post);
    void store_is(const Failure* failure);
    void note_upload(const Reply& reply);

    // lane_why.cpp
    [[nodiscard]] std::string then(const Post& post, Instant when) const;

    // lane_limits.cpp
    [[nodiscard]] rates::Turn turn_of(const Post& post, const delivery::Decision& decision,
                                      const rates::Needs& needs) const;
    [[nodiscard]] bool may(const Post& post, const delivery::Decision& decision, const rates::Needs& needs);
    [[nodiscard]] bool may(const rates::Needs& needs);
    void hold_back(const rates::Turn& turn);
    void keep_budget();
    [[nodiscard]] bool heed(const rates::Heard& heard, const Reply& reply);
    void say_limited();

    // lane_token.cpp
    [[nodiscard]] bool held_by_token() const;
    void share_token();
    [[nodiscard]] bool token_at_hand();
    [[nodiscard]] bool token_changed();
    [[nodiscard]] bool has_refused(const Scopes& scopes) const;
    void heed_token();
    void judge_token(const Scopes& scopes);
    void token_lacks(std::string what, std::string action);
    void token_works();
    void forget_token();
    void note_token();

    // lane_foreign.cpp
    [[nodiscard]] boost::asio::awaitable<void> note_foreign(const Timeline& page,
                                                            const std::set<std::string>& ours, Instant until);
    // lane_memory.cpp
    [[nodiscard]] bool must_compare(const Post& post) const;
    [[nodiscard]] boost::asio::awaitable<bool> compare_with_page();
    [[nodiscard]] boost::asio::awaitable<Result<std::string>> unknown_on(Timeline page);

    // lane_amend.cpp
    [[nodiscard]] boost::asio::awaitable<void> amend(Amendment amendment, Post post);
    [[nodiscard]] boost::asio::awaitable<std::optional<Instant>> turn_of_part_behind(const Post& post);
    [[nodiscard]] boost::asio::awaitable<bool> undo_while_paused();
    [[nodiscard]] boost::asio::awaitable<bool> knows_profile();
    void tell(const Amendment& amendment, const Post& post) const;

    // lane_pin.cpp
    [[nodiscard]] boost::asio::awaitable<void> pin(Post post);
    void tell_pinned(const Post& post, bool done) const;

    // lane_evidence.cpp
    void learn_account(const PublishedStatus& status);
    void count_looks(rates::Call call, int debited, int made, const LookResult& result);

    Followed<AccountSettings> settings_;
    World& world_;
    AccountPorts ports_;
    SourceOf source_of_;
    Alerts& alerts_;
    ClockWatch& clock_watch_;
    StepWatch steps_;
    std::unique_ptr<Alarm> alarm_;
    std::unique_ptr<Alarm> stopped_; ///< rung by stop()
    Budgets& budgets_;
    ServerProfiles& profiles_;
    Outlook& outlook_;
    OutboxWriter outbox_;
    AccountState state_;
    ServerProfile profile_;
    bool profile_known_ = false;
    bool wants_server_ = false;                           ///< it is to be asked though nothing is to be sent
    std::vector<std::weak_ptr<Alarm>> server_awaited_by_; ///< rung when it has been asked
    Instant profile_read_{};
    Digest token_; ///< of the token that was last used: told apart, never kept
    struct TokenNews {
        Digest token;
        Scopes own; ///< the token's own; empty: not known
        Reply reply;

        TokenNews() = default;
    };
    Scopes needed_;
    Scopes next_needed_; ///< with the next configuration
    std::optional<Instant> token_check_ = Instant{};
    Digest checked_token_; ///< the last one that was asked about
    // What few lanes have at a time stands elsewhere: there may be ten thousand of them.
    std::unique_ptr<TokenNews> token_news_; ///< what was answered, until run() has heeded it
    std::string token_trouble_;             ///< what it lacks, or that it is dead, as people were told
    bool token_dead_ = false;
    std::string token_note_;
    Budget& budget_;
    Instant receipts_from_{};      ///< published posts are looked at one after another, with pauses
    bool receipts_closed_ = false; ///< the server does not show them: nothing is asked any more
    std::vector<Post> queue_;      ///< the first at the end: an empty one holds no memory
    std::unique_ptr<std::pair<Amendment, Post>> amendment_; ///< when nothing is to be posted
    std::unique_ptr<Post> pin_;                             ///< when nothing of that is to be done either
    Instant edits_from_{};                                  ///< a limit keeps them back until then
    Instant removals_from_{};                               ///< likewise
    Instant pins_from_{};                                   ///< likewise
    std::optional<Instant> undo_next_; ///< while paused: when the next deletion of a person is due
    Sieve sieve_;
    std::string said_limited_; ///< of which limit people have been told
    std::optional<PostId> at_work_;
    std::optional<Instant> next_;
    int page_tries_ = 0; ///< looks at the account's page for what the store does not know, which failed
    int failures_ = 0;   ///< of the server in a row, over all posts
    Mono rests_until_{}; ///< `state_.not_before` by this clock, as far as it was told in this life
    bool backing_off_ = false;
    bool forbidden_ = false;  ///< what holds it is no matter of the token
    std::string waits_why_;   ///< why `state_.not_before` is what it is, while it is ahead
    Instant rested_until_{};  ///< when a pause or a hold ended last, in this life
    Instant limited_until_{}; ///< likewise, when it last rested for a limit of its own settings
    std::size_t failed_ = 0;
    bool store_unread_ = false; ///< the last look at the store failed
    bool idle_ = false;
    bool asleep_ = false; ///< it waits for its alarm and nothing else
    bool stopping_ = false;
};

} // namespace crier::engine
