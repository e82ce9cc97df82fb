#include "core/text/plain.hpp"
#include "engine/profile_text.hpp"
#include "engine/why_tell.hpp"

#include <algorithm>
#include <utility>

namespace crier::engine {

namespace asio = boost::asio;

namespace {

/// A stopped account is tried once at the next start: what held it until then is in the store alone.
asio::awaitable<Result<>> tell_stored_hold(Asked asked, const std::string& name, Why& why) {
    const Result<States> states = co_await asked.engine.store().load();
    if (!states)
        co_return states.error();
    for (const AccountState& known : states->accounts)
        if (known.account == name && known.state == "held" &&
            asked.engine.lane(name)->state().state != "held")
            add_step(why, "held", known.since,
                     "was held when the daemon ended: " + known.reason + "; the next start tries it once")
                .action = known.action;
    co_return Result<>{};
}

/// What the lane would take first, and why it does not leave now.
asio::awaitable<Result<>> tell_first(Asked asked, const Lane& lane, Why& why) {
    LaneQuery query;
    query.account = lane.settings().name;
    query.now = asked.engine.now();
    query.limit = 1;
    query.receipts_from = Instant::max(); // published posts are none that wait
    const Result<LaneWork> work = co_await asked.engine.store().lane(std::move(query));
    if (!work)
        co_return work.error();
    const LaneView view = lane.view();
    if (view.at_work && (work->posts.empty() || work->posts.front().id != *view.at_work))
        add_step(why, "at work", std::nullopt, "a post is in hand").post = view.at_work;
    if (!work->posts.empty()) {
        const Post& post = work->posts.front();
        add_step(why, "first", std::nullopt, "first in its queue is " + shown(post)).post = post.id;
        for (const Obstacle& obstacle : lane.obstacles(post))
            add_step(why, obstacle).post = post.id;
        co_return Result<>{};
    }
    WhyStep& step = add_step(why, "nothing due", std::nullopt, "nothing in its outbox is due");
    if (work->next && *work->next != Instant::max())
        step.until = work->next;
    co_return Result<>{};
}

asio::awaitable<Result<>> tell_outbox(Store& store, const std::string& account, Why& why) {
    const Result<std::map<PostState, std::int64_t>> counts = co_await store.counts(account);
    if (!counts)
        co_return counts.error();
    const Result<std::map<ReasonCode, std::int64_t>> held = co_await store.held(account);
    if (!held)
        co_return held.error();
    std::string text = "outbox:";
    for (const auto& [state, count] : *counts)
        text += " " + std::string{to_text(state)} + " " + std::to_string(count);
    WhyStep& step =
        add_step(why, "outbox", std::nullopt, counts->empty() ? "outbox: empty" : std::move(text));
    for (const auto& [code, count] : *held)
        step.text += std::string{"; held for "} + std::string{to_text(code)} + " " + std::to_string(count);
    if (!held->empty())
        step.action = "crier outbox list --state held --account " + account;
    co_return Result<>{};
}

} // namespace

asio::awaitable<Result<>> tell_account(Asked asked, std::string name, Why& why) {
    const Lane* lane = asked.engine.lane(name);
    if (lane == nullptr) {
        tell_obstacles(asked, name, why);
        co_return co_await tell_outbox(asked.engine.store(), name, why);
    }
    const LaneView view = lane->view();
    std::string server = lane->settings().server;
    if (const auto profile = profile_from_text(view.state.profile))
        server += " (" + profile->software + " " + profile->version + ")";
    add_step(why, "account", std::nullopt,
             server + ", mode " + std::string{to_text(lane->settings().mode)} + ", token " + view.token);
    if (view.state.last_published != Instant{})
        add_step(why, "published", view.state.last_published, "last published");
    if (!asked.running)
        if (Result<> told = co_await tell_stored_hold(asked, name, why); !told)
            co_return told;
    const std::size_t before = why.chain.size();
    tell_obstacles(asked, name, why);
    for (std::size_t i = before; i < why.chain.size(); ++i)
        if (why.chain[i].what == "held" && view.state.since != Instant{})
            why.chain[i].at = view.state.since;
    if (before == why.chain.size())
        add_step(why, "ok", std::nullopt, "may post");
    for (const rates::BucketView& budget : view.budgets)
        if (budget.remaining == 0)
            add_step(why, "limit", std::nullopt,
                     budget.bucket + ": all " + std::to_string(budget.limit) + " are used up")
                .until = budget.reset;
    if (Result<> told = co_await tell_first(asked, *lane, why); !told)
        co_return told;
    const auto scheduled = asked.engine.next_by_account();
    if (const auto next = scheduled.find(name); next != scheduled.end())
        add_step(why, "next", next->second, "the schedule has something for it");
    co_return co_await tell_outbox(asked.engine.store(), name, why);
}

} // namespace crier::engine
