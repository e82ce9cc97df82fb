#include "engine/undo.hpp"

#include "engine/engine.hpp"
#include "engine/orders.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace crier::engine {

namespace asio = boost::asio;

namespace {

constexpr std::size_t kept_at_once = 200;

/// What waits is not done any more, and one that was not to be sent again may be.
void add_keeping(Batch& batch, Post post, Instant now) {
    batch.amendments.push_back(left_alone(post, now));
    if (!post.undone || is_final(post.state))
        return;
    post.undone.reset();
    batch.update.push_back(std::move(post));
}

Result<Post> with_pin(Post post, const AccountSettings* account, const ServerProfile& server, bool pin,
                      Instant now) {
    const std::string is = "post " + std::to_string(post.id) + " is " + std::string{to_text(post.state)};
    const bool published = post.state == PostState::published;
    if (published && post.status_id.empty())
        return Failure{Cause::usage, is + ", and which of the account's posts it is, is not known",
                       "pin it on the account's page"};
    if ((!published && is_final(post.state)) || post.state == PostState::sending || post.in_doubt)
        return Failure{Cause::usage, is + ": it cannot be " + (pin ? "pinned" : "unpinned") + " now"};
    if (pin && !server.pins)
        return Failure{Cause::usage, "its server (" + server.software + ") has no pinned posts"};
    if (account == nullptr)
        return Failure{Cause::usage, "its account " + post.account + " is no longer in the configuration"};
    if (published && account->mode == Mode::dry)
        return Failure{Cause::usage, "its account is in mode: dry, which sends nothing", "set mode: live"};
    post.content.pin = pin;
    if (published) {
        post.pin_next = now;
        post.tries = 0;
    }
    return post;
}

} // namespace

std::optional<PublishedAction> parse_published_action(std::string_view text) noexcept {
    if (text == "keep")
        return PublishedAction::keep;
    if (text == "pin")
        return PublishedAction::pin;
    if (text == "unpin")
        return PublishedAction::unpin;
    return std::nullopt;
}

asio::awaitable<Result<Post>> act_on_published(Store& store, const Settings& settings,
                                               const ServerProfile& server, Instant now, PostId id,
                                               PublishedAction action) {
    Result<Post> post = co_await find_post(store, id);
    if (!post)
        co_return post;
    Batch batch;
    batch.now = now;
    if (action == PublishedAction::keep) {
        const Result<std::optional<Amendment>> asked = co_await store.amendment(id);
        if (!asked)
            co_return asked.error();
        if (!asked->has_value() || !(*asked)->next ||
            is_final(post->state) != (post->state == PostState::published))
            co_return Failure{Cause::usage, "nothing waits to be done with post " + std::to_string(id) +
                                                ", which is " + std::string{to_text(post->state)}};
        add_keeping(batch, *post, now);
        post->undone.reset();
    } else {
        const AccountSettings* known = find_account(settings, post->account);
        post = with_pin(std::move(*post), known, server, action == PublishedAction::pin, now);
        if (!post)
            co_return post;
        batch.update.push_back(*post);
    }
    const bool changed = !batch.update.empty();
    const Result<Applied> applied = co_await store.apply(std::move(batch));
    if (!applied)
        co_return applied.error().cause == Cause::conflict ? changed_meanwhile(id) : applied.error();
    post->version += changed ? 1 : 0;
    co_return post;
}

/// By account, those that posts of this plan are on.
std::vector<Deletions> Engine::deletions_of(const std::vector<Post>& removed) const {
    std::map<std::string, Deletions> by_account;
    for (const Post& post : removed) {
        Deletions& one = by_account[post.account];
        one.account = post.account;
        ++one.count;
    }
    std::vector<Deletions> list;
    for (auto& [name, one] : by_account) {
        if (const Lane* of = lane(name)) {
            one.until = of->deleted_by(one.count);
            const AccountState& state = of->state();
            if (state.state == "held")
                one.waits = state.reason;
            else if (of->settings().mode == Mode::dry)
                one.waits = "mode: dry sends nothing";
        } else if (is_elsewhere(*settings_, name)) {
            one.until = world_.clock.now(); // its lane, on another daemon, knows better
        } else {
            one.until = world_.clock.now();
            one.waits = "the account is not in the configuration";
        }
        list.push_back(std::move(one));
    }
    return list;
}

/// Those that the configuration has and that go on by themselves.
std::vector<Target> Engine::to_pause(const UndoPlan& plan) const {
    std::vector<Target> targets;
    for (const Target& origin : plan.origins) {
        const Poller* poller = origin.kind == Target::Kind::source ? poller_of(origin.name) : nullptr;
        const std::optional<EntryState> entry =
            origin.kind == Target::Kind::entry ? planner_->state_of(origin.name) : std::nullopt;
        const bool elsewhere = is_thing_elsewhere(*settings_, origin.thing());
        if (elsewhere || (poller != nullptr && !poller->state().paused) || (entry && !entry->paused))
            targets.push_back(origin);
    }
    return targets;
}

asio::awaitable<Result<Undone>> Engine::would_undo(UndoOrder order) {
    if (const Result<> can = ready(); !can)
        co_return can.error();
    Result<UndoPlan> plan =
        co_await plan_undo(world_.store, *settings_, std::move(order), world_.clock.now());
    if (!plan)
        co_return plan.error();
    Undone undone;
    undone.plan = std::move(*plan);
    undone.paused = to_pause(undone.plan);
    undone.deletions = deletions_of(undone.plan.removed);
    co_return undone;
}

asio::awaitable<Result<Undone>> Engine::carried_out(UndoPlan plan) {
    if (const Result<> done = co_await carry_out(world_.store, plan, world_.clock.now()); !done)
        co_return done.error();
    Undone undone;
    undone.plan = std::move(plan);
    undone.deletions = deletions_of(undone.plan.removed);
    for (const std::vector<Post>* list : {&undone.plan.removed, &undone.plan.cancelled, &undone.plan.sought})
        for (const Post& post : *list) {
            outlook_.saw(post);
            accepted(post.account);
            alerts_.review_held(post.account);
        }
    co_return undone;
}

/// What makes more of it stops first; what it made until then is taken back with the rest.
asio::awaitable<Result<Undone>> Engine::undo(UndoOrder order) {
    if (const Result<> can = ready(); !can)
        co_return can.error();
    if (const Result<> written = co_await write_pending(); !written)
        co_return written.error();
    std::vector<Target> paused;
    for (;;) {
        Result<UndoPlan> plan = co_await plan_undo(world_.store, *settings_, order, world_.clock.now());
        if (!plan)
            co_return plan.error();
        std::vector<Target> more = to_pause(*plan);
        std::erase_if(more, [&](const Target& target) { // elsewhere it is not seen that it is
            return std::any_of(paused.begin(), paused.end(), [&](const Target& done) {
                return done.kind == target.kind && done.name == target.name;
            });
        });
        for (const Target& target : more) {
            if (const Result<> stopped = co_await pause(target, std::nullopt, "crier undo"); !stopped)
                co_return stopped.error();
            paused.push_back(target);
        }
        if (!more.empty())
            continue;
        Result<Undone> undone = co_await carried_out(std::move(*plan));
        if (undone) {
            undone->paused = std::move(paused);
            world_.log.warning("undo.asked",
                               "a person takes back what was posted since " + to_rfc3339(order.since) + ": " +
                                   std::to_string(undone->plan.removed.size()) + " to be deleted, " +
                                   std::to_string(undone->plan.cancelled.size()) + " cancelled, " +
                                   std::to_string(undone->plan.sought.size()) + " in doubt");
        }
        co_return undone;
    }
}

asio::awaitable<Result<Undone>> Engine::remove(PostId id) {
    if (const Result<> can = ready(); !can)
        co_return can.error();
    Result<Post> post = co_await find_post(world_.store, id);
    if (!post)
        co_return post.error();
    const std::string is = "post " + std::to_string(id) + " is " + std::string{to_text(post->state)};
    std::vector<Post> posts;
    posts.push_back(std::move(*post));
    Result<UndoPlan> plan = co_await plan_removal(world_.store, *settings_, std::move(posts));
    if (!plan)
        co_return plan.error();
    const auto left = std::find_if(plan->left.begin(), plan->left.end(),
                                   [id](const auto& one) { return one.first.id == id; });
    if (left != plan->left.end())
        co_return Failure{Cause::usage, is + ", and cannot be deleted: " + left->second};
    if (plan->removed.empty() && plan->cancelled.empty() && plan->sought.empty())
        co_return Failure{Cause::usage, is + ": nothing of it is on the server"};
    co_return co_await carried_out(std::move(*plan));
}

asio::awaitable<Result<Undone>> Engine::remove_all(PostQuery query) {
    if (const Result<> can = ready(); !can)
        co_return can.error();
    query.limit = 1'000'000;
    Result<std::vector<Post>> posts = co_await world_.store.find(std::move(query));
    if (!posts)
        co_return posts.error();
    Result<UndoPlan> plan = co_await plan_removal(world_.store, *settings_, std::move(*posts));
    if (!plan)
        co_return plan.error();
    co_return co_await carried_out(std::move(*plan));
}

asio::awaitable<Result<Post>> Engine::act_on_published(PostId id, PublishedAction action) {
    if (const Result<> can = ready(); !can)
        co_return can.error();
    const Result<Post> before = co_await find_post(world_.store, id);
    if (!before)
        co_return before.error();
    const Result<ServerProfile> server = co_await server_of(before->account);
    if (!server)
        co_return server.error();
    Result<Post> post =
        co_await engine::act_on_published(world_.store, *settings_, *server, world_.clock.now(), id, action);
    if (post)
        accepted(post->account);
    co_return post;
}

asio::awaitable<Result<std::size_t>> Engine::keep_all(PostQuery query) {
    if (const Result<> can = ready(); !can)
        co_return can.error();
    query.to_be_deleted = true;
    query.limit = kept_at_once;
    std::size_t count = 0;
    for (;;) {
        PostQuery more = query;
        const Result<std::vector<Post>> posts = co_await world_.store.find(std::move(more));
        if (!posts)
            co_return posts.error();
        if (posts->empty())
            co_return count;
        Batch batch;
        batch.now = world_.clock.now();
        for (const Post& post : *posts)
            add_keeping(batch, post, batch.now);
        const Result<Applied> applied = co_await world_.store.apply(std::move(batch));
        if (applied)
            count += posts->size();
        else if (applied.error().cause != Cause::conflict)
            co_return applied.error();
        for (const Post& post : *posts)
            accepted(post.account);
    }
}

asio::awaitable<Result<std::vector<Deletions>>> Engine::deletions(PostQuery query) {
    query.to_be_deleted = true;
    query.limit = 1'000'000;
    const Result<std::vector<Post>> posts = co_await world_.store.find(std::move(query));
    if (!posts)
        co_return posts.error();
    co_return deletions_of(*posts);
}

} // namespace crier::engine
