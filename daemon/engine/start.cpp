#include "engine/changes.hpp"
#include "engine/engine.hpp"
#include "engine/step_back.hpp"
#include "engine/threads.hpp"

#include <utility>

/// What comes before the first post of a life: a changed configuration is taken up, the clock is believed.
namespace crier::engine {

namespace asio = boost::asio;

/// What the configuration changed since the last life. False when the store could not take it.
asio::awaitable<bool> Engine::take_up_changes() {
    if (changes_settled_)
        co_return true;
    Result<> done = co_await write_pending();
    if (done)
        done = co_await settle_changes(settings_, origins_, world_.store, world_.clock, world_.log);
    if (done)
        done = co_await settle_threads(world_.store, world_.clock.now());
    if (done)
        done = co_await heed_step_back(world_.store, world_.clock, world_.log, {});
    changes_settled_ = done.has_value();
    if (!done && !std::exchange(changes_trouble_, true))
        world_.log.error("store.trouble",
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
    if (!applied)
        co_return applied.error();
    pending_ = Batch{};
    co_return Result<>{};
}

/// On a clock that is in doubt nothing fires.
asio::awaitable<void> Engine::plan() {
    while (!stopping_ && clock_watch_.in_doubt())
        co_await clock_alarm_->wait();
    if (!stopping_)
        co_await planner_.run();
}

} // namespace crier::engine
