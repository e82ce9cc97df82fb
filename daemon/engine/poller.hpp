#pragma once

#include "engine/alerts.hpp"
#include "engine/compose.hpp"
#include "engine/configuration.hpp"
#include "engine/fates.hpp"
#include "engine/fuse_check.hpp"
#include "engine/intake.hpp"
#include "engine/item_post.hpp"
#include "engine/pause_mark.hpp"
#include "engine/story_book.hpp"
#include "engine/waiting_items.hpp"
#include "engine/world.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crier::engine {

/// Begins the note of a source that has said so itself.
inline constexpr std::string_view gone_for_good = "gone for good (410)";

/// The note of a look that showed none.
inline constexpr std::string_view shows_nothing = "0 items";

/// Ends the note of a look that showed items whose time was to come.
inline constexpr std::string_view for_later = " of them for later";

/// Looks at one source when it is time and turns what is new into posts: what was seen, the posts and the
/// source's cursor in one transaction.
///
/// Ownership: by the engine; the world outlives it.
/// Thread: the engine's.
/// Cancellation: terminal; a look that was cut off leaves no trace and is made again.
class Poller {
public:
    using Accepted = std::function<void(const std::string& account)>;

    /// `stories` is shared with the other pollers.
    Poller(Configuration whole, const SourceSettings& source, World& world, ProfileOf profile,
           Accepted accepted, Alerts& alerts, StoryBook& stories);

    /// Takes up what the store knows of the source.
    /// `accounts`: those whose first run is over. `identity`: what its posts are known by.
    void begin(std::optional<SourceState> state, std::vector<SourceAccount> accounts, std::string identity);

    /// How far the store can be believed of an account; without it, all the way.
    std::function<AccountMemory(const std::string& account)> memory_of;

    [[nodiscard]] boost::asio::awaitable<void> run();

    /// Told of the hub that a good look has shown; of none, too.
    std::function<void(const Hub&)> heed_hub;
    /// Does a hub push what is new? Without it, none does.
    std::function<bool()> pushed_to;
    /// Told when a look has found news by itself, though a hub pushes.
    std::function<void()> missed_push;

    /// One look now, whatever the time; false when it failed.
    [[nodiscard]] boost::asio::awaitable<bool> look();

    /// The same, and once more where something was still being made when it was looked at: for those who look
    /// only now and then.
    [[nodiscard]] boost::asio::awaitable<bool> look_to_the_end();

    /// What was sent to it is taken in, in its turn: all that it means is durable before that is said. Only
    /// while run() runs. A source that is looked at takes what is new of a hub's push, and dated later than
    /// the last look; whatever else it shows waits for a look, which comes soon.
    [[nodiscard]] boost::asio::awaitable<Hearing> hear(Heard heard);

    /// Looks at the next opportunity, and not sooner than a minute after the last look; not before its time
    /// where that failed.
    void look_soon();

    /// A source that wants to know is told what became of its items.
    [[nodiscard]] boost::asio::awaitable<void> settle();

    /// Is its next look due?
    [[nodiscard]] bool due(Instant now) const {
        return !state_.paused && !hears(*source_) && state_.next_poll <= now;
    }

    /// When it looked last is in memory alone.
    [[nodiscard]] bool owes_note() const noexcept { return owes_note_; }

    void stop();
    void wake() { alarm_->ring(); }
    /// After run() has ended: the source lets go of what it holds of the world.
    void close() { port_.reset(); }
    /// Posts of it may have come to their end.
    void heed_end();

    /// What the source has said of times to come.
    [[nodiscard]] const std::vector<Item>& waiting() const noexcept { return waiting_.items(); }

    [[nodiscard]] const SourceState& state() const noexcept { return state_; }
    /// In memory; the caller's batch makes it durable. Returns the mark from before. Resumed, it looks at
    /// once.
    [[nodiscard]] PauseMark set_pause(const PauseMark& mark);
    /// In memory; the caller's batch makes it durable. Returns the state from before.
    fuse::State set_fuse(fuse::State fuse) { return std::exchange(state_.fuse, std::move(fuse)); }
    /// Not looked at any more, by its own word (410).
    [[nodiscard]] bool gone() const;
    /// Until the next wait.
    [[nodiscard]] const SourceSettings& settings() const noexcept { return *source_; }
    /// There is another configuration, which says the same of the source, and perhaps something else of its
    /// accounts: what is in hand ends by the old one.
    void follow(Configuration whole, const SourceSettings& source);
    /// After begin(): it was looked at every so often before. What is to be looked at more often does not
    /// wait as it did.
    void heed_rhythm(Duration before);

private:
    struct Delivery;

    [[nodiscard]] Result<> open();
    [[nodiscard]] boost::asio::awaitable<void> keep_looking();
    [[nodiscard]] boost::asio::awaitable<void> take_delivery();
    [[nodiscard]] boost::asio::awaitable<Hearing> heed(Heard heard);
    [[nodiscard]] boost::asio::awaitable<Hearing> heed_push(Heard heard);
    [[nodiscard]] boost::asio::awaitable<Hearing> take_heard(SourceYield yield);
    [[nodiscard]] bool knows_its_items() const;
    /// What waits is not taken.
    void turn_away(const std::string& why);
    void end_hearing();
    /// `looked`: the source was; else these are items that have waited for their time.
    [[nodiscard]] boost::asio::awaitable<bool> take(SourceYield& yield, bool looked);
    [[nodiscard]] boost::asio::awaitable<void> take_waiting();
    [[nodiscard]] boost::asio::awaitable<Result<Intake>> take_for(std::size_t target,
                                                                  std::vector<Item>& items,
                                                                  const std::vector<ItemIdentity>& identities,
                                                                  Instant now);
    [[nodiscard]] boost::asio::awaitable<void> add_pages(const IntakeQuery& intake, std::vector<Item>& items,
                                                         const std::vector<ItemIdentity>& identities,
                                                         const std::vector<SeenItem>& known);
    [[nodiscard]] boost::asio::awaitable<void> read_page(Item& item);
    [[nodiscard]] boost::asio::awaitable<Result<ItemThread>> thread_of(std::string account, Digest item);
    [[nodiscard]] boost::asio::awaitable<Result<>> follow(std::size_t target, std::vector<Item>& items,
                                                          const Intake& intake, Batch& batch);
    void revise(ItemThread thread, std::vector<Composed> composed, const Item& item, Batch& batch);
    void edit(const Post& post, const std::vector<Composed>& composed, Batch& batch);
    void tell_left(const ItemThread& thread) const;
    void tell_post(const char* event, const Post& post, std::string_view what) const;
    [[nodiscard]] bool may_note_later(const SourceYield& yield, const Batch& batch) const;
    void note_account(Intake& intake, const std::string& account, bool shows_any, Batch& batch);
    /// What the fuse is asked about the posts of one look for one account.
    [[nodiscard]] FuseCheck fuse_check(std::size_t target, Intake& intake, Instant now) const;
    /// `wait`: what the source asks for all the same.
    [[nodiscard]] boost::asio::awaitable<bool> failed(Failure failure,
                                                      std::optional<Duration> wait = std::nullopt);
    void alert_failure(const Failure& failure);
    void note_look(const SourceYield& yield);
    void heed_step_back();
    void schedule_next(std::optional<Duration> wait);
    /// Up to a twentieth of it, but no more than `most`.
    [[nodiscard]] Duration jitter(Duration pause, Duration most = Duration::max()) const;
    /// No look is ever put further ahead.
    [[nodiscard]] Duration farthest_look() const;
    void tell(const std::string& account, const Intake& intake, std::size_t items);
    void count(const std::vector<std::pair<std::string, Intake>>& taken, bool looked);

    Followed<SourceSettings> source_;
    World& world_;
    ProfileOf profile_;
    Accepted accepted_;
    Alerts& alerts_;
    StoryBook& stories_;
    std::unique_ptr<Alarm> alarm_;
    std::unique_ptr<Source> port_;
    std::vector<CompiledFilter> filters_; ///< one for each target
    schedule::Zone zone_;
    SourceState state_;
    std::map<std::string, Instant> first_runs_; ///< of the accounts whose first run is over
    std::map<std::string, Instant> spaced_;     ///< when the last post on each account is due
    WaitingItems waiting_;
    ShownItems shown_;                   ///< what it showed last, where it is to be told what became of it
    std::vector<Fate> rejected_;         ///< what is no item there, likewise
    Instant noted_{};                    ///< when its state was last written
    bool owes_note_ = false;             ///< it has looked since, and there was nothing new
    bool changed_ = false;               ///< something has happened at the source
    LookRule rule_;                      ///< what the source says of when to look
    Rhythm rhythm_;                      ///< how often something new comes of it
    std::optional<Duration> again_;      ///< something was being made there: it is ready then
    bool ended_ = false;                 ///< posts may have come to their end
    std::optional<Instant> empty_since_; ///< a look before the first run, which showed nothing
    Instant last_showing_{};             ///< the last look that showed items; zero: not known
    std::optional<Instant> failing_since_;
    std::string identity_;
    std::string pause_why_;
    std::deque<std::shared_ptr<Delivery>> deliveries_; ///< what was sent and waits for its turn
    std::shared_ptr<Delivery> in_hand_;
    std::size_t made_ = 0;      ///< posts, by the last take()
    bool began_paused_ = false; ///< what is in hand
    bool look_again_ = false;   ///< somebody wishes that it is looked at, since the last look began
    bool pushed_ = false;       ///< what is taken in is a hub's push
    bool stale_ = false;        ///< the last push shows what only a look can judge
    bool crossed_ = false;      ///< the last take() found a post changed by somebody else meanwhile
    bool stopping_ = false;
};

} // namespace crier::engine
