#include "engine/poller.hpp"

#include "core/address.hpp"
#include "core/delivery/machine.hpp"
#include "core/text/plain.hpp"

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

/// A source that fails for so many looks, or more than one and for so long, is down.
constexpr int down_after_looks = 3;
constexpr Duration down_after = std::chrono::hours{1};

constexpr std::string_view gone_note = "gone for good (410)";

} // namespace

Poller::Poller(const Settings& settings, const SourceSettings& source, World& world, ProfileOf profile,
               Accepted accepted, Alerts& alerts)
    : settings_(settings)
    , source_(source)
    , world_(world)
    , profile_(std::move(profile))
    , accepted_(std::move(accepted))
    , alerts_(alerts)
    , alarm_(world.clock.make_alarm()) {
    state_.source = source.name;
}

void Poller::begin(std::optional<SourceState> state, std::map<std::string, Instant> first_runs,
                   std::string identity) {
    identity_ = std::move(identity);
    if (state)
        state_ = std::move(*state);
    state_.source = source_.name;
    first_runs_ = std::move(first_runs);
    if (first_runs_.empty() && state_.last_success != Instant{})
        empty_since_ = state_.last_success; // looked at, and nothing seen: it was empty
    // A new account has its own first run: an unchanged source must be read for it all the same.
    for (const PostTarget& target : source_.targets)
        if (first_runs_.count(target.account) == 0) {
            state_.cursor.clear();
            state_.next_poll = Instant{};
        }
    heed_step_back();
    if (state_.failures > 0)
        failing_since_ = state_.last_poll;
}

bool Poller::gone() const {
    return state_.paused && state_.note.starts_with(gone_note);
}

void Poller::stop() {
    stopping_ = true;
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
    for (const PostTarget& target : source_.targets) {
        auto filter = CompiledFilter::compile(target.filter ? *target.filter : Filter{});
        if (!filter)
            return filter.error();
        filters_.push_back(std::move(*filter));
    }
    zone_ = schedule::Zone::find_or_utc(settings_.timezone);
    if (state_.moved_from != source_.url) // a person has put another address since
        state_.url.clear();
    auto port = world_.source(source_, state_.url);
    if (!port)
        return port.error();
    port_ = std::move(*port);
    return {};
}

asio::awaitable<void> Poller::run() {
    while (!stopping_) {
        if (state_.paused) {
            co_await alarm_->wait();
            continue;
        }
        heed_step_back();
        if (!due(world_.clock.now())) {
            co_await alarm_->wait_until(state_.next_poll);
            continue;
        }
        (void)co_await look();
    }
}

asio::awaitable<bool> Poller::look() {
    state_.last_poll = world_.clock.now();
    if (const Result<> opened = open(); !opened)
        co_return co_await failed(opened.error());
    Result<SourceYield> yield = co_await port_->poll(state_.cursor);
    if (stopping_)
        co_return false;
    if (!yield)
        co_return co_await failed(yield.error());
    if (yield->trouble)
        co_return co_await failed(*yield->trouble, yield->wait);
    co_return co_await take(*yield);
}

/// A look that is put further ahead than schedule_next() ever puts one was reckoned on a clock that stood in
/// the future: it would never come.
void Poller::heed_step_back() {
    const Duration pause = std::max<Duration>(source_.poll, longest_wait);
    if (state_.next_poll > world_.clock.now() + pause + pause / 20)
        state_.next_poll = world_.clock.now();
}

void Poller::schedule_next(std::optional<Duration> wait) {
    Duration pause = source_.poll;
    if (wait)
        pause = std::clamp<Duration>(*wait, pause, std::max<Duration>(pause, longest_wait));
    if (state_.failures > 0)
        pause = std::max(pause,
                         std::min<Duration>(pause * (1LL << std::min(state_.failures - 1, 8)), slowest_look));
    // Up to a twentieth later, so that many sources of one server do not come all at once.
    const auto spread = static_cast<std::uint64_t>(std::max<std::int64_t>(pause.count() / 20, 1));
    pause += Duration{static_cast<std::int64_t>(world_.random.below(spread))};
    state_.next_poll = world_.clock.now() + pause;
}

asio::awaitable<bool> Poller::failed(Failure failure, std::optional<Duration> wait) {
    ++state_.failures;
    state_.error = failure.message;
    alert_failure(failure);
    schedule_next(wait);
    world_.log.warning("source.failed",
                       source_.name + ": " + failure.message +
                           (failure.hint.empty() ? "" : ". " + failure.hint),
                       {{"source", source_.name},
                        {"failures", std::to_string(state_.failures)},
                        {"next", to_rfc3339(state_.next_poll)}});
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
        alerts_.raise(AlertKind::source_down, "source:" + source_.name,
                      source_.name + " cannot be read since " + to_rfc3339(*failing_since_) + ": " +
                          failure.message,
                      failure.hint);
}

asio::awaitable<Result<Intake>> Poller::take_for(std::size_t target, const std::vector<Item>& items,
                                                 const std::vector<ItemIdentity>& identities, Instant now) {
    const PostTarget& to = source_.targets[target];
    SeenQuery query = seen_query(source_.name, to.account, identities);
    const Result<std::vector<SeenItem>> known = co_await world_.store.seen(std::move(query));
    if (!known)
        co_return known.error();
    const auto first_run = first_runs_.find(to.account);
    IntakeQuery intake{source_,
                       to,
                       settings_.accounts.find(to.account)->second,
                       profile_(to.account),
                       filters_[target],
                       zone_,
                       now,
                       first_run == first_runs_.end()};
    intake.empty_since = empty_since_;
    intake.identity = identity_;
    intake.last_look = state_.last_success;
    if (memory_of)
        intake.memory = memory_of(to.account);
    if (first_run != first_runs_.end() && source_.first_run.publish)
        intake.first_look = first_run->second;
    co_return take_in(intake, items, identities, *known);
}

FuseCheck Poller::fuse_check(std::size_t target, Intake& intake, Instant now) const {
    FuseCheck check;
    check.kind = OriginKind::source;
    check.name = source_.name;
    check.account = source_.targets[target].account;
    check.limits = source_.fuse.value_or(settings_.fuse);
    // What a first run may post a person has asked for.
    const bool asked_for = !source_.first_run.publish ||
                           intake.posts.size() <= static_cast<std::size_t>(*source_.first_run.publish);
    if (intake.first_run && asked_for)
        check.limits.on = false;
    // After an absence as much may be new as it makes in such a time.
    check.within = check.limits.within;
    if (state_.last_success != Instant{})
        check.within = std::max(check.within, now - state_.last_success);
    if (const auto first_run = first_runs_.find(check.account);
        first_run != first_runs_.end() && first_run->second <= now)
        check.after = first_run->second;
    check.fixed_text = source_.targets[target].post->status.source().find("{{") == std::string::npos;
    check.posts = std::move(intake.posts);
    return check;
}

/// What a good look changes. Nothing is awaited here: a pause that came meanwhile stands.
void Poller::note_look(const SourceYield& yield) {
    state_.failures = 0;
    state_.error.clear();
    failing_since_.reset();
    alerts_.clear(AlertKind::source_down, "source:" + source_.name);
    state_.last_success = world_.clock.now();
    state_.cursor = yield.cursor;
    if (!yield.moved_to.empty() && yield.moved_to != state_.url) {
        state_.url = yield.moved_to;
        state_.moved_from = source_.url;
        world_.log.info("source.moved",
                        source_.name + " has moved for good to " + shown_address(yield.moved_to) +
                            "; put that into its `url`",
                        {{"source", source_.name}});
        port_.reset();
    }
    if (yield.gone) {
        state_.paused = true;
        state_.note =
            std::string{gone_note} + ": not looked at again until `crier resume source:" + source_.name + "`";
        world_.log.error("source.gone", source_.name + " is " + state_.note, {{"source", source_.name}});
        alerts_.raise(AlertKind::source_down, "source:" + source_.name, source_.name + " is " + state_.note,
                      "give it another `url`, or remove it");
    } else if (!yield.unchanged && !state_.paused) {
        state_.note = text::counted(yield.items.size(), "item", "items");
    }
    schedule_next(yield.wait);
}

asio::awaitable<bool> Poller::take(const SourceYield& yield) {
    for (const std::string& warning : yield.warnings)
        world_.log.warning("source.warning", source_.name + ": " + warning, {{"source", source_.name}});
    Batch batch;
    batch.now = world_.clock.now();
    std::vector<std::pair<std::string, Intake>> taken;
    std::vector<FuseCheck> checks;
    if (!yield.unchanged && !yield.gone) {
        const std::vector<ItemIdentity> identities = identify_all(yield.items);
        for (std::size_t i = 0; i < source_.targets.size(); ++i) {
            Result<Intake> intake = co_await take_for(i, yield.items, identities, batch.now);
            if (!intake)
                co_return co_await failed(intake.error());
            const std::string& account = source_.targets[i].account;
            std::move(intake->seen.begin(), intake->seen.end(), std::back_inserter(batch.seen));
            // A look that shows nothing (a site that is being made anew) is no first run: the next one would
            // flood.
            if (intake->first_run && !yield.items.empty()) {
                SourceAccount done;
                done.source = source_.name;
                done.account = account;
                done.since = batch.now;
                batch.source_accounts.push_back(std::move(done));
            }
            checks.push_back(fuse_check(i, *intake, batch.now));
            taken.emplace_back(account, std::move(*intake));
        }
    }
    if (!checks.empty())
        if (const Result<> read = co_await read_pasts(world_.store, checks); !read)
            co_return co_await failed(read.error());
    // From here to apply() nothing is waited for: what a person has said of the fuse meanwhile stands.
    const fuse::State fuse_before = state_.fuse;
    bool tripped = false;
    for (std::size_t i = 0; i < checks.size(); ++i) {
        tripped = heed_fuse(checks[i], state_.fuse, batch.now) || tripped;
        taken[i].second.posts = std::move(checks[i].posts);
        const std::vector<Post>& posts = taken[i].second.posts;
        batch.insert.insert(batch.insert.end(), posts.begin(), posts.end());
    }
    note_look(yield);
    batch.sources.push_back(state_);
    const Instant batch_now = batch.now;
    const Result<Applied> applied = co_await world_.store.apply(std::move(batch));
    if (!applied) {
        // Nothing of it happened: the same look again, soon.
        state_.cursor.clear();
        if (tripped && state_.fuse.tripped == batch_now)
            state_.fuse = fuse_before;
        co_return co_await failed(applied.error());
    }
    if (tripped)
        tell_tripped(world_.log, alerts_, OriginKind::source, source_.name, state_.fuse);
    if (yield.items.empty() && !yield.unchanged && !empty_since_)
        empty_since_ = world_.clock.now();
    for (const auto& [account, intake] : taken) {
        if (!yield.items.empty())
            first_runs_.emplace(account, batch_now);
        tell(account, intake, yield.items.size());
        if (!intake.posts.empty())
            accepted_(account);
        if (std::any_of(intake.posts.begin(), intake.posts.end(),
                        [](const Post& post) { return post.state == PostState::held; }))
            alerts_.review_held(account);
    }
    co_return true;
}

void Poller::tell(const std::string& account, const Intake& intake, std::size_t items) {
    if (!world_.log.takes(LogLevel::info))
        return;
    const std::string& name = source_.name;
    const auto held = std::count_if(intake.posts.begin(), intake.posts.end(),
                                    [](const Post& post) { return post.state == PostState::held; });
    if (intake.first_run && (intake.noted > 0 || intake.adopted > 0))
        world_.log.info("source.first_run",
                        name + ": " + text::counted(intake.noted, "item", "items") + " noted, " +
                            (intake.posts.empty() ? "none" : std::to_string(intake.posts.size())) +
                            " posted (first_run)" +
                            (intake.adopted > 0 ? ", " + std::to_string(intake.adopted) + " adopted" : "") +
                            "; see one with `crier preview --source " + name +
                            " --last 1`, post one with `crier items " + name + " --post ID`",
                        {{"source", name}, {"account", account}});
    else if (intake.fresh > 0)
        world_.log.info("source.items",
                        name + ": " + std::to_string(intake.fresh) + " new of " + std::to_string(items) +
                            ": " + std::to_string(intake.posts.size()) + " accepted, " +
                            std::to_string(intake.filtered) + " filtered" +
                            (held > 0 ? ", " + std::to_string(held) + " of them held for a person" : ""),
                        {{"source", name}, {"account", account}});
}

} // namespace crier::engine
