#include "engine/memory.hpp"

#include <algorithm>
#include <utility>

namespace crier::engine {

namespace asio = boost::asio;

namespace {

/// How many posts one transaction cancels.
constexpr std::size_t cancelled_at_once = 200;

std::string to_the_minute(Instant when) {
    return to_rfc3339(std::chrono::floor<std::chrono::minutes>(when));
}

/// It may be on the server: to send it all the same takes `retry --anyway`, which says so.
void cancel_as_posted(Post& post, Instant since) {
    post.state = PostState::cancelled;
    post.code = ReasonCode::restored;
    post.in_doubt = true;
    post.reason = "due before " + to_rfc3339(since) + ": taken as posted before the store was put back";
}

} // namespace

void hold_restored(AccountState& state, std::string_view why, Instant now) {
    const std::string until = to_the_minute(*state.memory.knows_until);
    state.memory.restored = true;
    state.state = "held";
    state.reason = "restored: " + std::string{why} + "; what was posted since " + until + " is not known";
    state.action = "look at the account's page; then `crier resume account:" + state.account +
                   " --since TIME`: what was due before TIME counts as posted, the rest goes out";
    state.since = now;
    state.not_before = Instant::max();
}

bool take_up_memory(const States& states, Instant now, AccountState& state, Log& log) {
    const bool absent = states.last_alive != Instant{} && now - states.last_alive > short_absence;
    if (states.trust == Trust::whole && !absent)
        return false;
    if (!state.memory.knows_until || *state.memory.knows_until > states.last_alive)
        state.memory.knows_until = states.last_alive;
    if (states.trust != Trust::put_back)
        return true;
    hold_restored(state, "the database is older than crier's last life here", now);
    log.error("account.held", state.account + " is held: " + state.reason + ". " + state.action,
              {{"account", state.account}, {"reason", state.reason}, {"action", state.action}});
    return true;
}

bool counts_as_posted(const AccountMemory& memory, const Post& post) {
    return post.due < memory.posted_until && post.attempts == 0 && post.generation == 0 &&
           post.origin.kind != OriginKind::manual;
}

delivery::Decision take_as_posted(Post post, Instant posted_until) {
    delivery::Decision decision;
    decision.step = delivery::Step::settle;
    cancel_as_posted(post, posted_until);
    decision.post = std::move(post);
    return decision;
}

asio::awaitable<Result<Believed>> cancel_posted(Store& store, std::string account,
                                                std::optional<Instant> knows_until, Instant since,
                                                Instant now) {
    Believed believed;
    PostQuery query;
    query.account = std::move(account);
    query.states = {PostState::waiting, PostState::ready, PostState::uploading, PostState::retrying,
                    PostState::sending, PostState::doubt, PostState::held};
    query.oldest_first = true;
    query.limit = cancelled_at_once;
    const auto stays = [&](const Post& post) {
        return post.due >= since ||
               (knows_until && post.origin.kind == OriginKind::manual && post.created > *knows_until);
    };
    // What is cancelled is not found again; what stays is.
    for (std::size_t left = 0;;) {
        query.limit = cancelled_at_once + left;
        PostQuery next = query;
        Result<std::vector<Post>> found = co_await store.find(std::move(next));
        if (!found)
            co_return found.error();
        const bool last = found->size() < query.limit || found->back().due >= since;
        left = static_cast<std::size_t>(std::count_if(found->begin(), found->end(), stays));
        std::erase_if(*found, stays);
        for (Post& post : *found)
            cancel_as_posted(post, since);
        const std::size_t count = found->size();
        if (count > 0) {
            Batch batch;
            batch.now = now;
            batch.update = std::move(*found);
            const Result<Applied> applied = co_await store.apply(std::move(batch));
            if (!applied && applied.error().cause == Cause::conflict)
                continue; // a lane or a person was quicker with one of them
            if (!applied)
                co_return applied.error();
            believed.taken_as_posted += count;
        }
        if (last)
            break;
    }
    Result<std::map<PostState, std::int64_t>> counts = co_await store.counts(query.account);
    if (!counts)
        co_return counts.error();
    for (const PostState state : query.states)
        if (state != PostState::held)
            believed.waiting += static_cast<std::size_t>((*counts)[state]);
    co_return believed;
}

} // namespace crier::engine
