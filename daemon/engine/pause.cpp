#include "engine/engine.hpp"

#include <functional>
#include <utility>
#include <vector>

namespace crier::engine {

namespace asio = boost::asio;

namespace {

/// The entries that draw from it, for people.
std::string drawing_from(const std::string& source, const Settings& settings) {
    std::string names;
    for (const EntrySettings& entry : settings.schedule)
        if (entry.draw && entry.draw->from == source)
            names += (names.empty() ? "entry:" : ", entry:") + entry.name;
    return names;
}

} // namespace

Failure works_elsewhere(const std::string& thing) {
    return Failure{Cause::conflict, "another daemon of this store works on " + thing + " now",
                   "ask there: `crier status` on each machine shows what it works on"};
}

Result<Target> Target::parse(std::string_view text, const Settings& settings) {
    Target target;
    if (text.empty() || text == "all")
        return target;
    const auto colon = text.find(':');
    const std::string_view kind =
        colon == std::string_view::npos ? std::string_view{} : text.substr(0, colon);
    target.name = std::string{colon == std::string_view::npos ? text : text.substr(colon + 1)};
    const auto is_a = [&](std::string_view what, bool here) {
        return (kind.empty() || kind == what) &&
               (here || is_thing_elsewhere(settings, std::string{what} + ":" + target.name));
    };
    const bool account = is_a("account", settings.accounts.count(target.name) > 0);
    const bool source = is_a("source", find_source(settings, target.name) != nullptr);
    const bool entry = is_a("entry", find_entry(settings, target.name) != nullptr);
    if (int{account} + int{source} + int{entry} > 1)
        return Failure{Cause::usage, target.name + " is the name of several things",
                       "say which one: account:" + target.name + ", source:" + target.name +
                           " or entry:" + target.name};
    if (account)
        target.kind = Kind::account;
    else if (source)
        target.kind = Kind::source;
    else if (entry)
        target.kind = Kind::entry;
    else
        return Failure{Cause::usage,
                       "there is no " +
                           (kind.empty() ? std::string{"account, source or entry"} : std::string{kind}) +
                           " named " + target.name,
                       "`crier status` shows the accounts and sources, `crier next` the entries"};
    const SourceSettings* const named =
        target.kind == Kind::source ? find_source(settings, target.name) : nullptr;
    if (named != nullptr && named->on_demand) {
        const std::string drawing = drawing_from(target.name, settings);
        return Failure{Cause::usage, target.name + " is not looked at by itself (on_demand)",
                       drawing.empty() ? "no entry draws from it" : "entries draw from it: " + drawing};
    }
    return target;
}

std::string Target::thing() const {
    switch (kind) {
    case Kind::account:
        return "account:" + name;
    case Kind::source:
        return "source:" + name;
    case Kind::entry:
        return "entry:" + name;
    case Kind::everything:
        break;
    }
    return {};
}

/// In memory at once and then durable: a copy that waits for the store would write back what was true before
/// a reply came in. Taken back when the store refuses.
asio::awaitable<Result<>> Engine::mark(Target target, PauseMark mark) {
    const bool all = target.kind == Target::Kind::everything;
    Batch batch;
    batch.now = world_.clock.now();
    std::vector<std::function<void()>> undo;
    for (auto& [name, lane] : lanes_) {
        if (!all && !(target.kind == Target::Kind::account && target.name == name))
            continue;
        undo.emplace_back([at = lane.get(), before = lane->set_pause(mark)] { (void)at->set_pause(before); });
        if (!mark.on)
            lane->release();
        batch.accounts.push_back(lane->state());
    }
    // A pause of everything is one of the accounts: sources are looked at and entries fire all the same.
    for (auto& poller : pollers_) {
        const bool meant =
            all ? !mark.on && poller->state().paused
                : target.kind == Target::Kind::source && target.name == poller->settings().name;
        if (!meant)
            continue;
        undo.emplace_back(
            [at = poller.get(), before = poller->set_pause(mark)] { (void)at->set_pause(before); });
        batch.sources.push_back(poller->state());
    }
    std::vector<std::string> entries;
    if (target.kind == Target::Kind::entry)
        entries.push_back(target.name);
    else if (all && !mark.on)
        entries = planner_->paused();
    for (const std::string& entry : entries) {
        auto state = planner_->state_of(entry);
        if (!state)
            continue;
        // What falls into the pause follows the entry's `missed` policy when it ends.
        planner_->set_paused(entry, mark.on);
        undo.emplace_back([this, entry, was = state->paused] { planner_->set_paused(entry, was); });
        state->paused = mark.on;
        batch.entries.push_back(std::move(*state));
    }
    Result<> written = co_await write(std::move(batch));
    if (!written)
        for (const auto& take_back : undo)
            take_back();
    co_return written;
}

asio::awaitable<Result<>> Engine::pause(Target target, std::optional<Duration> length, std::string why) {
    if (Result<> can = ready(); !can)
        co_return can;
    if (length && (target.kind == Target::Kind::source || target.kind == Target::Kind::entry))
        co_return Failure{Cause::usage, "--for is for accounts only",
                          "pause it without, and `crier resume` it later"};
    PauseMark on;
    on.on = true;
    on.why = std::move(why);
    if (length)
        on.until = world_.clock.now() + *length;
    if (Result<> asked = co_await wish(target, on); !asked)
        co_return asked;
    co_return co_await mark(std::move(target), std::move(on));
}

/// The lanes that it names; `restored`: of those, the held ones of a store that was put back.
std::vector<Lane*> Engine::lanes_of(const Target& target, bool restored) const {
    const bool all = target.kind == Target::Kind::everything;
    std::vector<Lane*> lanes;
    for (const auto& [name, lane] : lanes_)
        if ((all || (target.kind == Target::Kind::account && target.name == name)) &&
            (!restored || lane->state().memory.restored))
            lanes.push_back(lane.get());
    return lanes;
}

asio::awaitable<Result<Believed>> Engine::resume_since(Target target, Instant since) {
    if (const Result<> can = ready(); !can)
        co_return can.error();
    const Instant now = world_.clock.now();
    if (since > now)
        co_return Failure{Cause::usage, "--since is ahead: " + to_rfc3339(since),
                          "the moment until which the account was posted to by the life that the store lost"};
    // Named, it need not be held: where nothing could tell that the store was put back, a person knows.
    const bool named = target.kind == Target::Kind::account;
    const std::vector<Lane*> lanes = lanes_of(target, !named);
    if (named && lanes.empty())
        co_return works_elsewhere("account:" + target.name);
    if (lanes.empty())
        co_return Failure{Cause::usage,
                          "--since is for accounts that are held because the store was put back",
                          "`crier status` shows them; name one that is not held to treat it as such"};
    Believed all;
    for (const Lane* lane : lanes) {
        const Result<Believed> cancelled = co_await cancel_posted(
            world_.store, lane->settings().name, lane->state().memory.knows_until, since, now);
        if (!cancelled)
            co_return cancelled.error();
        all.taken_as_posted += cancelled->taken_as_posted;
        all.waiting += cancelled->waiting;
    }
    clock_watch_.confirm();
    std::vector<AccountMemory> before;
    for (Lane* lane : lanes) {
        AccountMemory believed;
        believed.posted_until = std::max(since, lane->state().memory.posted_until);
        before.push_back(lane->believe(believed));
    }
    if (const Result<> marked = co_await mark(std::move(target), PauseMark{}); !marked) {
        for (std::size_t i = 0; i < lanes.size(); ++i)
            (void)lanes[i]->believe(before[i]);
        co_return marked.error();
    }
    for (const Lane* lane : lanes)
        world_.log.info("account.believed",
                        lane->settings().name + " goes on: what was due before " + to_rfc3339(since) +
                            " counts as posted",
                        {{"account", lane->settings().name}});
    co_return all;
}

asio::awaitable<Result<>> Engine::resume(Target target) {
    if (Result<> can = ready(); !can)
        co_return can;
    if (const std::vector<Lane*> restored = lanes_of(target, true); !restored.empty()) {
        const AccountState& state = restored.front()->state();
        co_return Failure{
            Cause::usage, state.account + " is held: " + state.reason,
            "look at the account's page, then `crier resume account:" + state.account +
                " --since TIME` (or how long ago, 2h): what was due before TIME counts as posted and is "
                "cancelled, the rest goes out. `--since now` posts nothing that waits"};
    }
    if (target.kind == Target::Kind::everything || target.kind == Target::Kind::account)
        clock_watch_.confirm();
    PauseMark off;
    if (Result<> asked = co_await wish(target, off); !asked)
        co_return asked;
    const Target::Kind kind = target.kind;
    const std::string thing = target.thing();
    std::string name = target.name;
    Result<> marked = co_await mark(std::move(target), std::move(off));
    if (!marked || (kind != Target::Kind::source && kind != Target::Kind::entry) ||
        is_thing_elsewhere(*settings_, thing))
        co_return marked;
    co_return co_await reset_fuse(kind == Target::Kind::source ? OriginKind::source : OriginKind::entry,
                                  std::move(name));
}

/// In memory first, so that what comes from now on passes; then durable; then what it held goes. After a kill
/// in between, those posts are still held, with the words that say how to let them go.
asio::awaitable<Result<>> Engine::reset_fuse(OriginKind kind, std::string name) {
    fuse::State fresh;
    fresh.reset = world_.clock.now();
    Batch batch;
    batch.now = fresh.reset;
    std::function<void()> undo;
    bool tripped = false;
    if (kind == OriginKind::entry) {
        if (auto state = planner_->state_of(name); state && state->fuse.open()) {
            tripped = true;
            undo = [this, name, before = planner_->set_fuse(name, fresh)] {
                (void)planner_->set_fuse(name, before);
            };
            state->fuse = fresh;
            batch.entries.push_back(std::move(*state));
        }
    }
    for (auto& poller : pollers_) {
        if (kind != OriginKind::source || poller->settings().name != name || !poller->state().fuse.open())
            continue;
        tripped = true;
        undo = [at = poller.get(), before = poller->set_fuse(fresh)] { (void)at->set_fuse(before); };
        batch.sources.push_back(poller->state());
    }
    if (tripped) {
        if (Result<> written = co_await write(std::move(batch)); !written) {
            undo();
            co_return written;
        }
    }
    PostQuery query;
    query.origin_kind = kind;
    query.origin = name;
    query.code = ReasonCode::fuse;
    query.states = {PostState::held};
    const Result<Acted> released = co_await act_on_all(std::move(query), OutboxAction::release, false);
    if (!released)
        co_return released.error();
    alerts_.clear(AlertKind::fuse, origin_text(kind, name));
    if (tripped)
        world_.log.info("fuse.reset",
                        origin_text(kind, name) + " goes on: " + std::to_string(released->done) +
                            " posts that its fuse held are let go",
                        {{to_text(kind), name}});
    co_return Result<>{};
}

} // namespace crier::engine
