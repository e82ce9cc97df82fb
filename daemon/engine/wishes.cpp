#include "engine/engine.hpp"

#include <utility>
#include <vector>

/// A pause or its end that a person asks for here, of what another daemon on the store works on: it is
/// written down, and done by whoever works on it now, or takes that over.
namespace crier::engine {

namespace asio = boost::asio;

namespace {

/// Until the store is asked again.
constexpr Duration ask_again = std::chrono::seconds{5};

/// All that is paused elsewhere, and every account there is: what its lane has in memory is not known here.
std::vector<std::string> things_elsewhere(const Settings& settings, const States& known, bool paused) {
    std::vector<std::string> things;
    for (const auto& [name, account] : settings.elsewhere.accounts)
        things.push_back("account:" + name);
    if (paused)
        return things; // of everything: a pause of the accounts
    for (const SourceState& state : known.sources)
        if (state.paused && settings.elsewhere.sources.count(state.source) > 0)
            things.push_back("source:" + state.source);
    for (const EntryState& state : known.entries)
        if (state.paused && settings.elsewhere.entries.count(state.entry) > 0)
            things.push_back("entry:" + state.entry);
    return things;
}

} // namespace

asio::awaitable<std::optional<Sharing>> Engine::sharing() const {
    if (!world_.sharing)
        co_return std::nullopt;
    std::vector<std::string> accounts;
    for (const auto& [name, account] : settings_->elsewhere.accounts)
        accounts.push_back(name);
    if (!world_.ours_for) // a command beside which no daemon runs here: it works on nothing
        for (const auto& [name, account] : settings_->accounts)
            accounts.push_back(name);
    Sharing all = co_await world_.sharing(std::move(accounts));
    co_return std::optional<Sharing>{std::move(all)};
}

/// Nothing where all that is meant is here.
asio::awaitable<Result<>> Engine::wish(Target target, PauseMark mark) {
    std::vector<std::string> things;
    if (settings_->elsewhere.empty())
        co_return Result<>{};
    if (target.kind == Target::Kind::everything) {
        const Result<States> known = co_await world_.store.load();
        if (!known)
            co_return known.error();
        things = things_elsewhere(*settings_, *known, mark.on);
    } else if (std::string thing = target.thing(); is_thing_elsewhere(*settings_, thing)) {
        things.push_back(std::move(thing));
    }
    Batch batch;
    batch.now = world_.clock.now();
    for (std::string& thing : things) {
        Wish made;
        made.thing = std::move(thing);
        made.paused = mark.on;
        made.why = mark.why;
        made.until = mark.until;
        made.asked = batch.now;
        batch.wishes.push_back(std::move(made));
    }
    if (batch.wishes.empty())
        co_return Result<>{};
    co_return co_await write(std::move(batch));
}

asio::awaitable<Result<>> Engine::grant(Wish wish) {
    Result<Target> target = Target::parse(wish.thing, *settings_);
    if (!target)
        co_return Result<>{}; // the configuration has it no more
    const Instant now = world_.clock.now();
    if (!wish.paused)
        co_return co_await resume(std::move(*target));
    std::optional<Duration> length;
    if (wish.until && *wish.until <= now)
        co_return Result<>{};
    if (wish.until)
        length = *wish.until - now;
    co_return co_await pause(std::move(*target), length, std::move(wish.why));
}

/// False: the store did not say, or did not take it.
asio::awaitable<bool> Engine::grant_all() {
    Result<States> known = co_await world_.store.load();
    if (!known)
        co_return false;
    for (Wish& wish : known->wishes) {
        const Visit held = co_await visit();
        if (stopping_)
            co_return true;
        if (is_thing_elsewhere(*settings_, wish.thing))
            continue;
        Batch done;
        done.now = world_.clock.now();
        done.wishes_done.push_back(wish);
        Wish copy = wish;
        if (const Result<> granted = co_await grant(std::move(copy)); !granted) {
            // What a person must decide (a store that was put back) is said where it is asked for.
            if (granted.error().cause == Cause::temporary)
                co_return false;
            world_.log.warning("wish.refused", wish.thing + ": " + granted.error().message,
                               {{"hint", granted.error().hint}});
        } else {
            world_.log.info("wish.done",
                            wish.thing + (wish.paused ? " is paused" : " goes on") +
                                ", as was asked of another daemon",
                            {{"thing", wish.thing}});
        }
        if (const Result<> written = co_await write(std::move(done)); !written)
            co_return false;
    }
    co_return true;
}

asio::awaitable<void> Engine::grant_wishes() {
    while (!stopping_) {
        const bool all = co_await grant_all();
        if (all)
            co_await wished_->wait();
        else
            co_await wished_->wait_for(ask_again);
    }
}

} // namespace crier::engine
