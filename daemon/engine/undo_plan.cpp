#include "core/delivery/undo.hpp"
#include "engine/orders.hpp"
#include "engine/threads.hpp"
#include "engine/undo.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace crier::engine {

namespace asio = boost::asio;
using delivery::Undo;

namespace {

/// More than any store has of one origin's.
constexpr std::size_t all_of_them = 1'000'000;

constexpr std::size_t undone_at_once = 200;

using Chosen = std::map<PostId, Post>;
using OriginOn = std::tuple<OriginKind, std::string, std::string>; ///< on an account

/// The parts before and behind each part.
asio::awaitable<Result<>> complete_threads(Store& store, Chosen& chosen, bool before) {
    std::vector<Post> parts;
    for (const auto& [id, post] : chosen)
        if (post.parts > 1)
            parts.push_back(post);
    for (Post& part : parts) {
        while (before && part.parent != Digest{}) {
            PostQuery query;
            query.key = part.parent;
            Result<std::vector<Post>> found = co_await store.find(std::move(query));
            if (!found)
                co_return found.error();
            if (found->empty())
                break;
            part = std::move(found->front());
            chosen.emplace(part.id, part);
        }
        Result<std::vector<Post>> behind = co_await rows_behind(store, part.key);
        if (!behind)
            co_return behind.error();
        for (Post& post : *behind)
            chosen.emplace(post.id, std::move(post));
    }
    co_return Result<>{};
}

/// Of each origin, what has not come to its end, whenever it was made.
asio::awaitable<Result<>> add_waiting(Store& store, const std::set<OriginOn>& origins, Chosen& chosen) {
    for (const auto& [kind, name, account] : origins) {
        PostQuery query;
        query.origin_kind = kind;
        query.origin = name;
        query.account = account;
        query.states = {PostState::waiting,  PostState::ready, PostState::uploading, PostState::sending,
                        PostState::retrying, PostState::doubt, PostState::held};
        query.limit = all_of_them;
        Result<std::vector<Post>> found = co_await store.find(std::move(query));
        if (!found)
            co_return found.error();
        for (Post& post : *found)
            chosen.emplace(post.id, std::move(post));
    }
    co_return Result<>{};
}

/// What a person has planned for later was not posted.
bool is_planned_by_hand(const Post& post, Instant now) {
    return post.origin.kind == OriginKind::manual && post.due > now &&
           delivery::undo_of(post) == Undo::cancel;
}

std::string why_left(const Settings& settings, const Post& post, Undo what) {
    if (what == Undo::by_hand)
        return "it is published, and which of the account's posts it is, is not known: delete it on the "
               "account's page";
    if (what != Undo::remove && what != Undo::find)
        return {};
    const AccountSettings* account = find_account(settings, post.account);
    if (account == nullptr)
        return "its account " + post.account + " is no longer in the configuration: put it back";
    if (account->mode == Mode::dry)
        return "its account is in mode: dry, which sends nothing: set mode: live";
    return {};
}

/// The newest first; of a thread, the last part.
bool goes_before(const Post& a, const Post& b) {
    return std::make_tuple(a.last_attempt, a.part, a.id) > std::make_tuple(b.last_attempt, b.part, b.id);
}

UndoPlan sorted_out(const Settings& settings, Chosen chosen) {
    UndoPlan plan;
    for (auto& [id, post] : chosen) {
        const Undo what = delivery::undo_of(post);
        if (std::string why = why_left(settings, post, what); !why.empty())
            plan.left.emplace_back(std::move(post), std::move(why));
        else if (what == Undo::remove)
            plan.removed.push_back(std::move(post));
        else if (what == Undo::cancel)
            plan.cancelled.push_back(std::move(post));
        else if (what == Undo::find)
            plan.sought.push_back(std::move(post));
    }
    std::sort(plan.removed.begin(), plan.removed.end(), goes_before);
    return plan;
}

Target target_of(OriginKind kind, const std::string& name) {
    Target target;
    target.kind = kind == OriginKind::source ? Target::Kind::source : Target::Kind::entry;
    target.name = name;
    return target;
}

} // namespace

asio::awaitable<Result<UndoPlan>> plan_undo(Store& store, const Settings& settings, UndoOrder order,
                                            Instant now) {
    PostQuery query;
    query.active_since = order.since;
    query.account = order.account;
    query.origin_kind = order.kind;
    query.origin = order.origin;
    query.limit = all_of_them;
    Result<std::vector<Post>> found = co_await store.find(std::move(query));
    if (!found)
        co_return found.error();
    Chosen chosen;
    std::set<OriginOn> origins;
    for (Post& post : *found) {
        if (is_planned_by_hand(post, now) || delivery::undo_of(post) == Undo::nothing)
            continue;
        if (post.origin.kind != OriginKind::manual)
            origins.emplace(post.origin.kind, post.origin.name, post.account);
        chosen.emplace(post.id, std::move(post));
    }
    if (order.kind) // named, it need not have posted anything since
        origins.emplace(*order.kind, order.origin, order.account);
    if (const Result<> added = co_await add_waiting(store, origins, chosen); !added)
        co_return added.error();
    if (const Result<> whole = co_await complete_threads(store, chosen, true); !whole)
        co_return whole.error();
    UndoPlan plan = sorted_out(settings, std::move(chosen));
    std::set<std::pair<OriginKind, std::string>> named;
    for (const auto& [kind, name, account] : origins)
        if (named.emplace(kind, name).second)
            plan.origins.push_back(target_of(kind, name));
    co_return plan;
}

asio::awaitable<Result<UndoPlan>> plan_removal(Store& store, const Settings& settings,
                                               std::vector<Post> posts) {
    Chosen chosen;
    for (Post& post : posts)
        chosen.emplace(post.id, std::move(post));
    if (const Result<> whole = co_await complete_threads(store, chosen, false); !whole)
        co_return whole.error();
    co_return sorted_out(settings, std::move(chosen));
}

namespace {

/// Adds what is to be written of the post, and takes over what it becomes.
void add_undoing(Batch& batch, Post& post, Instant now, Instant turn) {
    delivery::Undoing undoing = delivery::undo(post, now, turn);
    if (undoing.amendment)
        batch.amendments.push_back(std::move(*undoing.amendment));
    if (!undoing.post_changed)
        return;
    batch.update.push_back(undoing.post);
    post = std::move(undoing.post);
    ++post.version;
}

/// One that changed at the same moment, as it is now.
asio::awaitable<Result<>> undo_anew(Store& store, Post& post, Instant now, Instant turn) {
    for (int tries = 0; tries < 5; ++tries) {
        Result<Post> found = co_await find_post(store, post.id);
        if (!found)
            co_return found.error();
        post = std::move(*found);
        Batch batch;
        batch.now = now;
        add_undoing(batch, post, now, turn);
        if (batch.empty())
            co_return Result<>{};
        const Result<Applied> applied = co_await store.apply(std::move(batch));
        if (applied)
            co_return Result<>{};
        if (applied.error().cause != Cause::conflict)
            co_return applied.error();
    }
    co_return changed_meanwhile(post.id);
}

} // namespace

asio::awaitable<Result<>> carry_out(Store& store, UndoPlan& plan, Instant now) {
    std::vector<Post*> all;
    for (std::vector<Post>* list : {&plan.cancelled, &plan.sought, &plan.removed}) // the flood ends first
        for (Post& post : *list)
            all.push_back(&post);
    const auto turn_of = [now](std::size_t place) {
        return now + std::chrono::microseconds{static_cast<std::int64_t>(place)};
    };
    for (std::size_t at = 0; at < all.size(); at += undone_at_once) {
        const std::size_t end = std::min(all.size(), at + undone_at_once);
        Batch batch;
        batch.now = now;
        std::vector<Post> before;
        for (std::size_t i = at; i < end; ++i) {
            before.push_back(*all[i]);
            add_undoing(batch, *all[i], now, turn_of(i));
        }
        const Result<Applied> applied = co_await store.apply(std::move(batch));
        if (applied)
            continue;
        if (applied.error().cause != Cause::conflict)
            co_return applied.error();
        for (std::size_t i = at; i < end; ++i) {
            *all[i] = before[i - at];
            if (const Result<> done = co_await undo_anew(store, *all[i], now, turn_of(i)); !done)
                co_return done.error();
        }
    }
    co_return Result<>{};
}

} // namespace crier::engine
