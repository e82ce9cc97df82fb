#include "engine/engine.hpp"

#include <utility>

namespace crier::engine {

namespace asio = boost::asio;

Result<Target> Target::parse(std::string_view text, const Settings& settings) {
    Target target;
    if (text.empty() || text == "all")
        return target;
    const auto has_source = [&](std::string_view name) {
        for (const SourceSettings& source : settings.sources)
            if (source.name == name)
                return true;
        return false;
    };
    const auto has_entry = [&](std::string_view name) {
        for (const EntrySettings& entry : settings.schedule)
            if (entry.name == name)
                return true;
        return false;
    };
    const auto colon = text.find(':');
    const std::string_view kind =
        colon == std::string_view::npos ? std::string_view{} : text.substr(0, colon);
    target.name = std::string{colon == std::string_view::npos ? text : text.substr(colon + 1)};
    const bool account = settings.accounts.count(target.name) > 0 && (kind.empty() || kind == "account");
    const bool source = has_source(target.name) && (kind.empty() || kind == "source");
    const bool entry = has_entry(target.name) && (kind.empty() || kind == "entry");
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
    return target;
}

/// First durable, then said to those at work.
asio::awaitable<Result<>> Engine::write_states(Batch batch) {
    Batch stored = batch;
    if (Result<> written = co_await write(std::move(stored)); !written)
        co_return written;
    for (AccountState& state : batch.accounts)
        lanes_.find(state.account)->second->set_state(std::move(state));
    for (auto& poller : pollers_)
        for (const SourceState& state : batch.sources)
            if (poller->settings().name == state.source)
                poller->set_state(state);
    for (const EntryState& state : batch.entries)
        planner_.set_state(state);
    co_return Result<>{};
}

asio::awaitable<Result<>> Engine::pause(Target target, std::optional<Duration> length, std::string why) {
    if (Result<> can = ready(); !can)
        co_return can;
    const Instant now = world_.clock.now();
    Batch batch;
    batch.now = now;
    const auto pause_account = [&](Lane& lane) {
        AccountState state = lane.state();
        state.paused = true;
        state.paused_why = why;
        state.paused_until = length ? std::optional<Instant>{now + *length} : std::nullopt;
        batch.accounts.push_back(std::move(state));
    };
    if (target.kind == Target::Kind::everything)
        for (auto& [name, lane] : lanes_)
            pause_account(*lane);
    else if (target.kind == Target::Kind::account)
        pause_account(*lanes_.find(target.name)->second);
    for (auto& poller : pollers_)
        if (target.kind == Target::Kind::source && poller->settings().name == target.name) {
            SourceState state = poller->state();
            state.paused = true;
            state.note = why.empty() ? "paused" : "paused: " + why;
            batch.sources.push_back(std::move(state));
        }
    if (target.kind == Target::Kind::entry)
        if (auto state = planner_.state_of(target.name)) {
            state->paused = true;
            batch.entries.push_back(std::move(*state));
        }
    if (length && (target.kind == Target::Kind::source || target.kind == Target::Kind::entry))
        co_return Failure{Cause::usage, "--for is for accounts only",
                          "pause it without, and `crier resume` it later"};
    co_return co_await write_states(std::move(batch));
}

asio::awaitable<Result<>> Engine::resume(Target target) {
    if (Result<> can = ready(); !can)
        co_return can;
    Batch batch;
    batch.now = world_.clock.now();
    for (auto& [name, lane] : lanes_) {
        if (target.kind != Target::Kind::everything &&
            !(target.kind == Target::Kind::account && target.name == name))
            continue;
        AccountState state = lane->state();
        state.paused = false;
        state.paused_until.reset();
        state.paused_why.clear();
        // A person says that what held it is mended; what a server's limit asks for still stands.
        if (state.state == "held") {
            state.state = "ok";
            state.reason.clear();
            state.action.clear();
            state.not_before = Instant{};
        }
        batch.accounts.push_back(std::move(state));
    }
    for (auto& poller : pollers_)
        if (poller->state().paused &&
            (target.kind == Target::Kind::everything ||
             (target.kind == Target::Kind::source && poller->settings().name == target.name))) {
            SourceState state = poller->state();
            state.paused = false;
            state.note.clear();
            state.next_poll = batch.now;
            batch.sources.push_back(std::move(state));
        }
    for (const EntrySettings& entry : settings_.schedule) {
        if (target.kind != Target::Kind::everything &&
            !(target.kind == Target::Kind::entry && target.name == entry.name))
            continue;
        if (auto state = planner_.state_of(entry.name); state && state->paused) {
            state->paused = false; // what fell into the pause follows the entry's `missed` policy
            batch.entries.push_back(std::move(*state));
        }
    }
    co_return co_await write_states(std::move(batch));
}

} // namespace crier::engine
