#include "engine/poller.hpp"

#include "engine/tidy.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace crier::engine {

namespace asio = boost::asio;

namespace {

/// A source that fails is looked at less and less often, but at least this often.
constexpr Duration slowest_look = std::chrono::hours{6};

/// Whatever a source asks for, it is looked at again within a day.
constexpr Duration longest_wait = std::chrono::hours{24};

/// Into an hour that is not skipped: it has sixty minutes.
constexpr Duration most_jitter_in_hour = std::chrono::minutes{10};

/// Until what could not be written is tried again.
constexpr Duration store_pause = std::chrono::seconds{5};

/// Between two looks, whatever happens at a source.
constexpr Duration shortest_pause = std::chrono::seconds{1};

/// A source that fails for so many looks, or more than one and for so long, is down.
constexpr int down_after_looks = 3;
constexpr Duration down_after = std::chrono::hours{1};

} // namespace

Poller::Poller(Configuration whole, const SourceSettings& source, World& world, ProfileOf profile,
               Accepted accepted, Alerts& alerts, StoryBook& stories)
    : source_(std::move(whole), source)
    , world_(world)
    , profile_(std::move(profile))
    , accepted_(std::move(accepted))
    , alerts_(alerts)
    , stories_(stories)
    , alarm_(world.clock.make_alarm()) {
    state_.source = source.name;
}

void Poller::begin(std::optional<SourceState> state, std::vector<SourceAccount> accounts,
                   std::string identity) {
    identity_ = std::move(identity);
    if (state)
        state_ = std::move(*state);
    state_.source = source_->name;
    first_runs_.clear();
    for (const SourceAccount& account : accounts) {
        first_runs_.emplace(account.account, account.since);
        spaced_.emplace(account.account, account.spaced);
    }
    if (state_.failures > 0)
        failing_since_ = state_.last_poll;
    if (hears(*source_))
        return; // all that follows is about looks
    if (!state_.note.starts_with(shows_nothing))
        last_showing_ = state_.last_success;
    if (first_runs_.empty() && state_.last_success != Instant{})
        empty_since_ = state_.last_success; // looked at, and nothing seen: it was empty
    // A new account has its own first run: an unchanged source must be read for it all the same.
    for (const PostTarget& target : source_->targets)
        if (first_runs_.count(target.account) == 0) {
            state_.cursor.clear();
            state_.next_poll = Instant{};
        }
    // What was to come was in memory alone.
    if (state_.note.ends_with(for_later)) {
        state_.cursor.clear();
        state_.next_poll = Instant{};
    }
    // What was posted may have to be moved away still, and only a look tells what is there.
    if (moves_files(*source_))
        state_.next_poll = Instant{};
    // What was pushed while nobody listened is lost.
    if (pushed_to && pushed_to())
        state_.next_poll = std::min(state_.next_poll, state_.last_success + source_->poll);
    heed_step_back();
}

bool Poller::gone() const {
    return state_.paused && state_.note.starts_with(gone_for_good);
}

void Poller::follow(Configuration whole, const SourceSettings& source) {
    source_.follow(std::move(whole), source);
    alarm_->ring();
}

void Poller::heed_rhythm(Duration before) {
    if (source_->poll < before && state_.failures == 0)
        state_.next_poll = std::min(state_.next_poll, state_.last_poll + source_->poll);
}

void Poller::stop() {
    stopping_ = true;
    turn_away("crier is stopping");
    alarm_->ring();
}

void Poller::heed_end() {
    if (shown_.empty())
        return;
    ended_ = true;
    alarm_->ring();
}

PauseMark Poller::set_pause(const PauseMark& mark) {
    PauseMark before;
    before.on = state_.paused;
    before.why = std::move(pause_why_);
    state_.paused = mark.on;
    pause_why_ = mark.why;
    state_.note = !mark.on ? std::string{} : mark.why.empty() ? "paused" : "paused: " + mark.why;
    if (!mark.on)
        state_.next_poll = world_.clock.now();
    wake();
    return before;
}

/// Made at the first look, so that a plugin that cannot start disables its source and nothing else.
Result<> Poller::open() {
    if (port_)
        return {};
    filters_.clear();
    for (const PostTarget& target : source_->targets) {
        auto filter = CompiledFilter::compile(target.filter ? *target.filter : Filter{});
        if (!filter)
            return filter.error();
        filters_.push_back(std::move(*filter));
    }
    zone_ = schedule::Zone::find_or_utc(source_.whole().timezone);
    if (state_.moved_from != source_->url) // a person has put another address since
        state_.url.clear();
    auto port = world_.source(*source_, state_.url);
    if (!port)
        return port.error();
    port_ = std::move(*port);
    port_->watch([this] {
        changed_ = true;
        alarm_->ring();
    });
    return {};
}

namespace {

/// Calls it when it goes, also when the coroutine is cut off.
class AtEnd {
public:
    explicit AtEnd(std::function<void()> call)
        : call_(std::move(call)) {}
    ~AtEnd() { call_(); }
    AtEnd(const AtEnd&) = delete;
    AtEnd& operator=(const AtEnd&) = delete;

private:
    std::function<void()> call_;
};

} // namespace

asio::awaitable<void> Poller::run() {
    const std::function<void()> turn_all_away = [this] { end_hearing(); };
    const AtEnd at_end{turn_all_away};
    co_await keep_looking();
}

asio::awaitable<void> Poller::keep_looking() {
    while (!stopping_) {
        if (source_.take_up() && port_)
            zone_ = schedule::Zone::find_or_utc(source_.whole().timezone);
        if (state_.paused) {
            turn_away("the source is paused");
            co_await alarm_->wait();
            continue;
        }
        if (!deliveries_.empty()) {
            co_await take_delivery();
            continue;
        }
        if (hears(*source_)) {
            co_await alarm_->wait();
            continue;
        }
        heed_step_back();
        const Instant now = world_.clock.now();
        if (std::exchange(changed_, false)) // not more than once a second, however much is written there
            state_.next_poll = std::min(state_.next_poll, state_.last_poll + shortest_pause);
        if (due(now))
            (void)co_await look();
        else if (const auto next = waiting_.next(); next && *next <= now)
            co_await take_waiting();
        else if (std::exchange(ended_, false))
            co_await settle();
        else
            co_await alarm_->wait_until(std::min(state_.next_poll, next.value_or(state_.next_poll)));
    }
}

asio::awaitable<bool> Poller::look() {
    state_.last_poll = world_.clock.now();
    began_paused_ = state_.paused;
    const bool wished = std::exchange(look_again_, false);
    if (const Result<> opened = open(); !opened)
        co_return co_await failed(opened.error());
    Result<SourceYield> yield = co_await port_->poll(state_.cursor);
    if (stopping_)
        co_return false;
    if (!yield)
        co_return co_await failed(yield.error());
    if (yield->trouble)
        co_return co_await failed(*yield->trouble, yield->wait);
    again_ = yield->again;
    rule_ = yield->rule;
    rhythm_ = yield->rhythm;
    if (!yield->unchanged) {
        tidy(yield->items, *source_);
        waiting_.take_from(yield->items, world_.clock.now());
        shown_.clear();
        rejected_ = std::move(yield->rejected);
    }
    const bool taken = co_await take(*yield, true);
    if (taken && heed_hub)
        heed_hub(yield->gone ? Hub{} : yield->hub);
    if (taken && made_ > 0 && !wished && !look_again_ && missed_push)
        missed_push();
    if (look_again_)
        look_soon();
    if (taken)
        co_await settle();
    co_return taken;
}

asio::awaitable<bool> Poller::look_to_the_end() {
    bool good = co_await look();
    for (int tries = 0; tries < 3 && good && again_ && !stopping_; ++tries) {
        co_await alarm_->wait_for(*again_);
        good = co_await look();
    }
    co_return good;
}

/// Their time has come: they are taken in as if the source had just shown them.
asio::awaitable<void> Poller::take_waiting() {
    began_paused_ = state_.paused;
    SourceYield yield;
    yield.items = waiting_.due(world_.clock.now());
    std::vector<Item> items = yield.items;
    if (co_await take(yield, false))
        co_return;
    waiting_.put_back(std::move(items));
    co_await alarm_->wait_for(store_pause);
}

asio::awaitable<void> Poller::settle() {
    if (!port_ || !moves_files(*source_))
        co_return;
    std::vector<Fate> fates = std::exchange(rejected_, {});
    if (!shown_.empty()) {
        ShownItems shown = shown_;
        Result<std::vector<Fate>> more =
            co_await fates_of(world_.store, source_.whole(), *source_, identity_, std::move(shown));
        if (stopping_)
            co_return;
        if (more) // else at the next look
            std::move(more->begin(), more->end(), std::back_inserter(fates));
    }
    for (Fate& fate : fates) {
        const std::string id = fate.id;
        const Result<> settled = co_await port_->settle(std::move(fate));
        if (settled) {
            std::erase_if(shown_, [&](const auto& one) { return one.first == id; });
            continue;
        }
        world_.log.warning("source.not_settled",
                           source_->name + ": " + settled.error().message +
                               (settled.error().hint.empty() ? "" : ". " + settled.error().hint),
                           {{"source", source_->name}});
        co_return;
    }
}

/// A look that is put further ahead than schedule_next() ever puts one was reckoned on a clock that stood in
/// the future: it would never come.
void Poller::heed_step_back() {
    if (!hears(*source_) && state_.next_poll > world_.clock.now() + farthest_look())
        state_.next_poll = world_.clock.now();
}

Duration Poller::farthest_look() const {
    const Duration pause = std::max<Duration>({source_->poll, source_->poll_most, longest_wait});
    const Duration step = rule_.step > Duration{} ? longest_wait : Duration{};
    const bool skips = rule_.skip_hours != 0 || rule_.skip_days != 0;
    // What it says is not known after a start: one look then may be sooner than it would like.
    return (pause + step) * 21 / 20 + (skips ? Duration{std::chrono::hours{24} * 8} : Duration{});
}

Duration Poller::jitter(Duration pause, Duration most) const {
    const Duration spread = std::clamp<Duration>(pause / 20, Duration{1}, most);
    return Duration{
        static_cast<std::int64_t>(world_.random.below(static_cast<std::uint64_t>(spread.count())))};
}

void Poller::schedule_next(std::optional<Duration> wait) {
    if (hears(*source_)) {
        state_.next_poll = Instant{}; // whenever something is sent
        return;
    }
    const Instant now = world_.clock.now();
    Duration pause = pushed_to && pushed_to()
                         ? std::max(source_->poll, source_->poll_most)
                         : look_interval(rhythm_, source_->poll, source_->poll_most, now);
    if (wait)
        pause = std::clamp<Duration>(*wait, pause, std::max<Duration>(pause, longest_wait));
    if (state_.failures > 0)
        pause = std::max(pause,
                         std::min<Duration>(pause * (1LL << std::min(state_.failures - 1, 8)), slowest_look));
    const Instant step = next_step(rule_, now, now + pause);
    // Somewhat later, so that many sources of one server do not come all at once.
    const Instant next = step + jitter(step - now);
    state_.next_poll = not_skipped(rule_, now, next);
    if (state_.next_poll != next)
        state_.next_poll += jitter(state_.next_poll - now, most_jitter_in_hour);
}

asio::awaitable<bool> Poller::failed(Failure failure, std::optional<Duration> wait) {
    ++state_.failures;
    ++world_.tally.source(source_->name).looks[LookEnd::failed];
    state_.error = failure.message;
    alert_failure(failure);
    schedule_next(wait);
    world_.log.warning("source.failed",
                       source_->name + ": " + failure.message +
                           (failure.hint.empty() ? "" : ". " + failure.hint),
                       {{"source", source_->name},
                        {"failures", std::to_string(state_.failures)},
                        {"next", hears(*source_) ? "when something is sent" : to_rfc3339(state_.next_poll)}});
    Batch batch;
    batch.now = world_.clock.now();
    batch.sources.push_back(state_);
    (void)co_await world_.store.apply(std::move(batch)); // only a note; the next look writes it anew
    co_return false;
}

void Poller::alert_failure(const Failure& failure) {
    const Instant now = world_.clock.now();
    if (!failing_since_)
        failing_since_ = now;
    if (state_.failures >= down_after_looks || (state_.failures > 1 && now - *failing_since_ >= down_after))
        alerts_.raise(
            AlertKind::source_down, "source:" + source_->name,
            source_->name +
                (hears(*source_) ? " takes nothing of what is sent since " : " cannot be read since ") +
                to_rfc3339(*failing_since_) + ": " + failure.message,
            failure.hint);
}

} // namespace crier::engine
