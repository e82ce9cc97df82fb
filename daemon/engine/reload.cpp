#include "engine/changes.hpp"
#include "engine/engine.hpp"
#include "engine/threads.hpp"

#include <algorithm>
#include <iterator>

/// Another configuration while the daemon runs. What it does not change goes on: a lane or poller takes up
/// its new settings between two pieces of work. What it takes away or replaces ends first, at its own pace,
/// and all else delivers meanwhile; only then, and while nobody from outside is in, are the parts put in
/// place.
namespace crier::engine {

namespace asio = boost::asio;

namespace {

/// Until what could not be recorded is tried again.
constexpr Duration record_pause = std::chrono::seconds{2};

/// A lane may just be writing a post that a change is about to hold; then once more.
constexpr int most_settlings = 20;

} // namespace

struct Engine::Handover {
    States known;
    Resolved resolved;
    std::vector<Rename> renames; ///< of all tries: what one has recorded, the next one finds done

    Handover() = default;
};

void Engine::reload(Configuration next, Difference difference, std::function<void()> in_place,
                    std::function<void()> done) {
    next_ = std::move(next);
    difference_ = std::move(difference);
    in_place_ = std::move(in_place);
    taken_up_ = std::move(done);
    progress_->ring();
}

asio::awaitable<Engine::Visit> Engine::visit() {
    while (door_closed_) {
        const std::shared_ptr<Alarm> opened = world_.clock.make_alarm();
        at_the_door_.push_back(opened);
        co_await opened->wait();
    }
    co_return Visit{*this};
}

void Engine::leave() {
    --visits_;
    if (door_closed_)
        progress_->ring();
}

asio::awaitable<void> Engine::close_door() {
    door_closed_ = true;
    while (visits_ > 0 && !stopping_)
        co_await progress_->wait();
}

void Engine::open_door() {
    door_closed_ = false;
    for (const std::weak_ptr<Alarm>& waiting : std::exchange(at_the_door_, {}))
        if (const std::shared_ptr<Alarm> alarm = waiting.lock())
            alarm->ring();
}

asio::awaitable<void> Engine::take_up(Configuration next) {
    const Difference difference = std::move(difference_);
    co_await end_lanes(difference);
    co_await close_door();
    if (stopping_) { // the next life takes it up
        open_door();
        co_return;
    }
    co_await end_pollers(*next, difference);
    co_await end_planner(*next);
    Handover handover;
    while (!stopping_) {
        const Result<> recorded = co_await record(*next, handover);
        if (recorded)
            break;
        open_door(); // people are to see what is wrong
        alerts_.raise(AlertKind::store, "store",
                      recorded.error().message + ": the schedule waits, and so does a changed configuration",
                      recorded.error().hint);
        if (!std::exchange(changes_trouble_, true))
            world_.log.error("store.failed",
                             recorded.error().message +
                                 ": the schedule waits until the changed configuration "
                                 "can be recorded",
                             {{"hint", recorded.error().hint}});
        const Mono until = world_.clock.mono() + record_pause;
        while (!stopping_ && world_.clock.mono() < until) // whoever leaves rings, too
            co_await progress_->wait_for(until - world_.clock.mono());
        co_await close_door();
    }
    if (!stopping_) { // else the next life takes it up
        if (std::exchange(changes_trouble_, false))
            alerts_.clear(AlertKind::store, "store");
        put_in_place(std::move(next), difference, handover);
        wished_->ring(); // what was asked of whoever had it before
        spawn_new();
        if (const std::function<void()> placed = std::exchange(in_place_, nullptr); placed)
            placed();
    }
    open_door();
    if (stopping_)
        co_return;
    co_await know_servers();
    spawn_pollers();
    if (const std::function<void()> done = std::exchange(taken_up_, nullptr); done)
        done();
}

/// Those that go, and those that are begun anew on another server. What they have in hand ends first, which
/// may take as long as an upload does.
asio::awaitable<void> Engine::end_lanes(const Difference& difference) {
    std::vector<std::string> ending = difference.accounts.removed;
    ending.insert(ending.end(), difference.moved.begin(), difference.moved.end());
    for (const std::string& name : ending)
        lanes_.find(name)->second->stop();
    for (const std::string& name : ending) {
        co_await end_of("lane " + name);
        while (!stopping_ && token_checks_.asks(*lanes_.find(name)->second))
            co_await progress_->wait();
    }
}

/// A look that is cut off leaves no trace.
asio::awaitable<void> Engine::end_pollers(const Settings& next, const Difference& difference) {
    std::vector<std::string> ending = difference.sources.removed;
    ending.insert(ending.end(), difference.sources.changed.begin(), difference.sources.changed.end());
    for (const std::string& name : ending)
        if (Poller* poller = poller_of(name)) {
            poller->stop();
            cut_off("source " + name);
        }
    for (const std::string& name : ending) {
        co_await end_of("source " + name);
        const auto poller = std::find_if(pollers_.begin(), pollers_.end(),
                                         [&](const auto& one) { return one->settings().name == name; });
        if (poller == pollers_.end())
            continue;
        former_polls_.emplace(name, (*poller)->settings().poll);
        if ((*poller)->owes_note() && next.elsewhere.sources.count(name) == 0)
            pending_.sources.push_back((*poller)->state());
        (*poller)->close();
        pollers_.erase(poller);
        find_movers(); // lanes tell them while the next one is waited for
    }
}

/// It is at its end with its next commit. A command or draw that is the same under the next one goes on.
asio::awaitable<void> Engine::end_planner(const Settings& next) {
    planner_retired_ = true;
    planner_->retire();
    clock_alarm_->ring(); // it may wait for the clock
    co_await end_of("planner");
    const Configured configured{next};
    Planner::Providers ending;
    for (std::unique_ptr<Provider>& provider : planner_->hand_over()) {
        const EntrySettings* entry = configured.entry(provider->entry().name);
        if (entry != nullptr && provider->serves(*entry, source_of(next, *entry)))
            kept_providers_.push_back(std::move(provider));
        else
            ending.push_back(std::move(provider));
    }
    for (const auto& provider : ending) {
        provider->stop();
        cut_off("entry " + provider->entry().name);
    }
    for (const auto& provider : ending)
        co_await end_of("entry " + provider->entry().name);
}

/// What the change means for what waits, as at a start: names first, then posts, then threads. A repeat goes
/// on with the rest.
asio::awaitable<Result<>> Engine::record(const Settings& next, Handover& handover) {
    if (Result<> written = co_await write_pending(); !written)
        co_return written;
    Result<States> known = co_await world_.store.load();
    if (!known)
        co_return known.error();
    handover.known = std::move(*known);
    // We are here and have been, however long nothing was written; what the store could not know of a life
    // before this one was taken up when this one began.
    handover.known.last_alive = world_.clock.now();
    handover.known.trust = Trust::whole;
    handover.resolved = resolve_origins(next, handover.known, world_.log);
    std::copy(handover.resolved.changes.renames.begin(), handover.resolved.changes.renames.end(),
              std::back_inserter(handover.renames));
    if (!handover.resolved.changes.empty()) {
        Batch batch = handover.resolved.changes;
        batch.now = world_.clock.now();
        const Result<Applied> applied = co_await world_.store.apply(std::move(batch));
        if (!applied)
            co_return applied.error();
    }
    for (int crossed = 0;; ++crossed) {
        Result<> settled =
            co_await settle_changes(next, handover.resolved.origins, world_.store, world_.clock, world_.log);
        if (settled)
            settled = co_await settle_threads(next, world_.store, world_.clock.now());
        if (settled || settled.error().cause != Cause::conflict || crossed == most_settlings)
            co_return settled;
    }
}

/// Nothing is waited for in here: whoever looks sees the one configuration or the other.
void Engine::put_in_place(Configuration next, const Difference& difference, Handover& handover) {
    settings_ = std::move(next);
    origins_ = std::move(handover.resolved.origins);
    hand_over(difference);
    subscriptions_.follow(settings_, handover.renames);
    retire_lanes(difference);
    begin_lanes(handover.known);
    begin_pollers(handover.known);
    for (const auto& [name, poll] : std::exchange(former_polls_, {}))
        if (Poller* poller = poller_of(name))
            poller->heed_rhythm(poll);
    make_planner();
    planner_retired_ = false;
    planner_->begin(handover.known, origins_, std::exchange(kept_providers_, {}));
    take_over(difference, handover.known);
    alerts_.follow(settings_);
    heartbeat_.follow(settings_);
    approvals_.follow(settings_);
    trimmer_.follow(settings_);
    for (const std::string& name : difference.accounts.removed) {
        if (is_elsewhere(*settings_, name))
            continue;
        alerts_.forget("account:" + name);
        world_.log.info("account.removed",
                        "the account " + name +
                            " is no longer in the configuration: its posts rest until it is back, or "
                            "`crier outbox cancel` ends them",
                        {{"account", name}});
    }
    for (const std::string& name : difference.sources.removed)
        if (settings_->elsewhere.sources.count(name) == 0)
            alerts_.forget("source:" + name);
    for (const std::string& name : difference.entries.removed)
        if (settings_->elsewhere.entries.count(name) == 0)
            alerts_.forget("entry:" + name);
}

/// What another daemon sees to from now on: it finds in the store how that stands.
void Engine::hand_over(const Difference& difference) {
    for (const std::string& name : difference.accounts.removed)
        if (is_elsewhere(*settings_, name))
            alerts_.leave("account:" + name);
    for (const std::string& name : difference.sources.removed) {
        if (settings_->elsewhere.sources.count(name) == 0)
            continue;
        alerts_.leave("source:" + name);
        subscriptions_.hand_over(name);
    }
    for (const std::string& name : difference.entries.removed)
        if (settings_->elsewhere.entries.count(name) > 0)
            alerts_.leave("entry:" + name);
}

/// What another daemon has seen to until now. (Of what nobody has, there is nothing to be found.)
void Engine::take_over(const Difference& difference, const States& known) {
    for (const std::string& name : difference.accounts.added)
        alerts_.take_over(known.alerts, "account:" + name);
    for (const std::string& name : difference.sources.added) {
        alerts_.take_over(known.alerts, "source:" + name);
        subscriptions_.take_over(known.subscriptions, name);
    }
    for (const std::string& name : difference.entries.added)
        alerts_.take_over(known.alerts, "entry:" + name);
}

/// Those that have ended.
void Engine::retire_lanes(const Difference& difference) {
    for (const auto& names : {difference.accounts.removed, difference.moved})
        for (const std::string& name : names) {
            const auto lane = lanes_.find(name);
            token_checks_.remove(*lane->second);
            budgets_.close(name);
            lane->second->let_go();
            retired_.push_back(std::move(lane->second));
            lanes_.erase(lane);
        }
}

/// But for pollers that must wait for servers that nobody here has spoken to.
void Engine::spawn_new() {
    for (const auto& [name, lane] : lanes_)
        if (tasks_.count("lane " + name) == 0)
            spawn_lane(*lane);
    spawn_ready_pollers();
    spawn(plan(), "planner", Ending::by_itself);
    spawn_providers();
}

} // namespace crier::engine
