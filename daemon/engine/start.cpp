#include "engine/changes.hpp"
#include "engine/engine.hpp"
#include "engine/memory.hpp"
#include "engine/step_back.hpp"
#include "engine/threads.hpp"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

/// What comes before the first post of a life: the store is read, a changed configuration taken up, the clock
/// believed.
namespace crier::engine {

namespace asio = boost::asio;

namespace {

/// A restart is how a new token or a mended permission arrives, so it is tried once. Posts that went to a
/// stranger's account are not risked again: that takes a person or another `handle`; so does a store that was
/// put back.
void try_once_more(AccountState& state, const AccountSettings& account) {
    const bool stranger = state.not_before == Instant::max() && state.handle != account.handle;
    if (state.state != "held" || stranger || state.memory.restored)
        return;
    state.state = "ok";
    state.reason.clear();
    state.action.clear();
    state.not_before = Instant{};
}

/// What a post's item was fetched from; null: from none.
const SourceSettings* source_of_post(const Settings& settings, const Origin& origin) {
    if (origin.kind == OriginKind::source)
        return find_source(settings, origin.name);
    const EntrySettings* entry =
        origin.kind == OriginKind::entry ? find_entry(settings, origin.name) : nullptr;
    return entry != nullptr ? source_of(settings, *entry) : nullptr;
}

} // namespace

asio::awaitable<Result<>> Engine::begin() {
    Result<States> loaded = co_await world_.store.load();
    if (!loaded)
        co_return loaded.error();
    Resolved resolved = resolve_origins(*settings_, *loaded, world_.log);
    origins_ = std::move(resolved.origins);
    pending_ = std::move(resolved.changes);
    pending_.trust_noted = loaded->trust != Trust::whole;
    clock_watch_.begin(loaded->last_alive);
    clock_watch_.on_change = [this] {
        clock_alarm_->ring();
        progress_->ring();
        for (auto& [name, lane] : lanes_)
            lane->wake();
    };
    begin_lanes(*loaded);
    subscriptions_.begin(std::move(loaded->subscriptions));
    begin_pollers(*loaded);
    planner_->begin(*loaded, origins_);
    begin_alerts(*loaded);
    if (world_.preparer != nullptr)
        world_.preparer->sweep();
    if (!world_.tally.reloads.last_success)
        world_.tally.reloads.last_success = world_.clock.now();
    begun_ = true;
    co_return Result<>{};
}

/// What the server of an account of the configuration takes.
ProfileOf Engine::profile_of() {
    return [this](const std::string& account) -> const ServerProfile& {
        return lanes_.find(account)->second->profile();
    };
}

void Engine::make_planner() {
    planner_ = std::make_unique<Planner>(
        settings_, world_, outlook_, profile_of(), [this](const std::string& name) { accepted(name); },
        alerts_);
}

/// Those that run go on under what the configuration says of them now.
void Engine::begin_lanes(const States& known) {
    std::map<std::string_view, const AccountState*> states;
    for (const AccountState& state : known.accounts)
        states.emplace(state.account, &state);
    std::map<std::string_view, const Wish*> wishes;
    for (const Wish& wish : known.wishes)
        wishes.emplace(wish.thing, &wish);
    auto needed = needed_scopes(*settings_);
    for (const auto& [name, account] : settings_->accounts) {
        if (const auto lane = lanes_.find(name); lane != lanes_.end()) {
            lane->second->follow(settings_, account, std::move(needed[name]));
            continue;
        }
        AccountState state;
        state.account = name;
        if (const auto before = states.find(name); before != states.end())
            state = *before->second;
        // Before the lane's first step; the rest of it is done with all others'.
        if (const auto wish = wishes.find("account:" + name); wish != wishes.end() && wish->second->paused) {
            state.paused = true;
            state.paused_why = wish->second->why;
            state.paused_until = wish->second->until;
        }
        begin_lane(account, std::move(state), known, std::move(needed[name]));
    }
    begin_gone(known);
}

void Engine::begin_lane(const AccountSettings& account, AccountState state, const States& known,
                        Scopes needed) {
    try_once_more(state, account);
    const bool changed = take_up_memory(known, world_.clock.now(), state, world_.log);
    auto lane = std::make_unique<Lane>(
        settings_, account, world_, budgets_, profiles_, outlook_, std::move(state),
        [this](const Origin& origin) { return source_of_post(*settings_, origin); }, alerts_, clock_watch_);
    lane->on_idle = [this, resting = lane.get()] {
        progress_->ring();
        token_checks_.heed(*resting);
        trimmer_.heed();
        for (Poller* poller : movers_)
            poller->heed_end();
    };
    lane->on_standing = [this] {
        if (on_standing)
            on_standing();
    };
    lane->needs_approval = [this](const Post& post) { return approvals_.needed(post); };
    lane->on_approval = [this] { approvals_.heed(); };
    lane->needs_scopes(std::move(needed));
    token_checks_.add(*lane);
    if (changed)
        pending_.accounts.push_back(lane->state());
    lanes_.emplace(account.name, std::move(lane));
}

/// Accounts that the configuration no longer has. They may come back.
void Engine::begin_gone(const States& known) {
    gone_accounts_.clear();
    for (const AccountState& state : known.accounts) {
        if (settings_->accounts.count(state.account) > 0 || is_elsewhere(*settings_, state.account))
            continue;
        gone_accounts_.push_back(state.account);
        AccountState gone = state;
        if (take_up_memory(known, world_.clock.now(), gone, world_.log))
            pending_.accounts.push_back(std::move(gone));
    }
}

KnownSources::KnownSources(const States& known) {
    for (const SourceState& state : known.sources)
        states.emplace(state.source, &state);
    for (const SourceAccount& account : known.source_accounts)
        accounts[account.source].push_back(account);
}

/// Likewise; in the order of the configuration.
void Engine::begin_pollers(const States& states) {
    std::map<std::string, std::unique_ptr<Poller>> running;
    for (std::unique_ptr<Poller>& poller : std::exchange(pollers_, {})) {
        std::string name = poller->settings().name;
        running.emplace(std::move(name), std::move(poller));
    }
    KnownSources known{states};
    for (const SourceSettings& source : settings_->sources) {
        if (source.on_demand)
            continue;
        const auto found = running.find(source.name);
        if (found == running.end()) {
            pollers_.push_back(begin_poller(source, known));
            continue;
        }
        found->second->follow(settings_, source);
        pollers_.push_back(std::move(found->second));
    }
    find_movers();
}

/// Those that wait for posts to end are few, and each lane tells them often.
void Engine::find_movers() {
    movers_.clear();
    for (const auto& poller : pollers_)
        if (moves_files(poller->settings()))
            movers_.push_back(poller.get());
}

std::unique_ptr<Poller> Engine::begin_poller(const SourceSettings& source, KnownSources& known) {
    const std::string& name = source.name;
    std::optional<SourceState> state;
    if (const auto before = known.states.find(name); before != known.states.end())
        state = *before->second;
    auto poller = std::make_unique<Poller>(
        settings_, source, world_, profile_of(), [this](const std::string& account) { accepted(account); },
        alerts_, stories_);
    poller->memory_of = [this](const std::string& account) {
        return lanes_.find(account)->second->state().memory;
    };
    poller->pushed_to = [this, name] { return subscriptions_.pushes_to(name); };
    poller->missed_push = [this, name] { subscriptions_.note_miss(name); };
    poller->heed_hub = [this, own = poller.get()](const Hub& hub) {
        subscriptions_.heed(own->settings(), hub);
    };
    poller->begin(std::move(state), std::move(known.accounts[name]),
                  origins_.identity(OriginKind::source, name));
    return poller;
}

/// What was wrong when the daemon ended is raised anew where it still is, and over where it is not.
void Engine::begin_alerts(const States& known) {
    alerts_.can_be_silent = [this](const std::string& subject) { return can_be_silent(subject); };
    if (!alerts_.configured())
        return;
    alerts_.begin(known.alerts);
    raise_what_is_wrong();
    std::set<std::string> tripped;
    for (const EntryState& entry : planner_->tripped())
        tripped.insert(origin_text(OriginKind::entry, entry.entry));
    for (const auto& poller : pollers_)
        if (poller->state().fuse.open())
            tripped.insert(origin_text(OriginKind::source, poller->state().source));
    for (const AlertState& alert : known.alerts) {
        // Resumed while no daemon ran.
        const bool went_on = alert.kind == AlertKind::fuse && tripped.count(alert.subject) == 0;
        if (alert.kind == AlertKind::store || !knows(alert.subject) || went_on)
            alerts_.clear(alert.kind, alert.subject);
    }
}

void Engine::raise_what_is_wrong() {
    for (const auto& [name, lane] : lanes_)
        if (lane->state().state == "held")
            alerts_.raise(AlertKind::token, "account:" + name, lane->state().reason, lane->state().action);
    for (const EntryState& entry : planner_->tripped())
        raise_fuse(alerts_, OriginKind::entry, entry.entry, entry.fuse);
    for (const auto& poller : pollers_) {
        const SourceState& state = poller->state();
        if (state.fuse.open())
            raise_fuse(alerts_, OriginKind::source, state.source, state.fuse);
        if (poller->gone())
            alerts_.raise(AlertKind::source_down, "source:" + state.source, state.note, {});
    }
}

/// What the configuration changed since the last life. False when the store could not take it.
asio::awaitable<bool> Engine::take_up_changes() {
    if (changes_settled_)
        co_return true;
    Result<> done = co_await write_pending();
    if (done)
        done = co_await settle_changes(*settings_, origins_, world_.store, world_.clock, world_.log);
    if (done)
        done = co_await settle_threads(*settings_, world_.store, world_.clock.now());
    if (done)
        done = co_await heed_step_back(*settings_, world_.store, world_.clock, world_.log, {});
    changes_settled_ = done.has_value();
    if (done)
        changes_trouble_ = false;
    else if (!std::exchange(changes_trouble_, true))
        world_.log.error("store.failed",
                         done.error().message +
                             ": nothing begins before what the configuration changed is recorded",
                         {{"hint", done.error().hint}});
    co_return changes_settled_;
}

/// Renames go before whatever is written under the new names.
asio::awaitable<Result<>> Engine::write_pending() {
    if (pending_.empty())
        co_return Result<>{};
    Batch batch = pending_;
    batch.now = world_.clock.now();
    const Result<Applied> applied = co_await world_.store.apply(std::move(batch));
    if (!applied && applied.error().cause != Cause::fenced) // whoever has it now finds out for himself
        co_return applied.error();
    pending_ = Batch{};
    co_return Result<>{};
}

/// On a clock that is in doubt nothing fires.
asio::awaitable<void> Engine::plan() {
    while (!stopping_ && !planner_retired_ && clock_watch_.in_doubt())
        co_await clock_alarm_->wait();
    if (!stopping_ && !planner_retired_)
        co_await planner_->run();
}

} // namespace crier::engine
