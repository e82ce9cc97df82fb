#include "engine/engine.hpp"

#include <functional>
#include <utility>
#include <vector>

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
        entries = planner_.paused();
    for (const std::string& entry : entries) {
        auto state = planner_.state_of(entry);
        if (!state)
            continue;
        // What falls into the pause follows the entry's `missed` policy when it ends.
        planner_.set_paused(entry, mark.on);
        undo.emplace_back([this, entry, was = state->paused] { planner_.set_paused(entry, was); });
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
    co_return co_await mark(std::move(target), std::move(on));
}

asio::awaitable<Result<>> Engine::resume(Target target) {
    if (Result<> can = ready(); !can)
        co_return can;
    PauseMark off;
    co_return co_await mark(std::move(target), std::move(off));
}

} // namespace crier::engine
