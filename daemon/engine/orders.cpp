#include "engine/orders.hpp"

#include "core/delivery/machine.hpp"
#include "core/delivery/thread.hpp"
#include "engine/accept.hpp"
#include "engine/draft.hpp"
#include "engine/kept_media.hpp"
#include "engine/shown.hpp"
#include "engine/threads.hpp"

#include <algorithm>
#include <utility>

namespace crier::engine {

namespace asio = boost::asio;

Result<const AccountSettings*> account_of(const Settings& settings, std::string_view name) {
    const auto& elsewhere = settings.elsewhere.accounts;
    if (name.empty()) {
        const std::size_t count = settings.accounts.size() + elsewhere.size();
        if (count == 1)
            return &(elsewhere.empty() ? settings.accounts : elsewhere).begin()->second;
        return Failure{Cause::usage, "the configuration has " + std::to_string(count) + " accounts",
                       "say which one with --account NAME"};
    }
    if (const auto found = elsewhere.find(name); found != elsewhere.end())
        return &found->second;
    const auto found = settings.accounts.find(name);
    if (found == settings.accounts.end())
        return Failure{Cause::usage, "there is no account named " + std::string{name},
                       "the names stand under `accounts:` in the configuration"};
    return &found->second;
}

namespace {

/// A script that says the same once more says the same time.
asio::awaitable<Result<>> known_or_past(Store& store, Digest key, Instant at, Instant now) {
    PostQuery query;
    query.key = key;
    const Result<std::vector<Post>> known = co_await store.find(std::move(query));
    if (!known)
        co_return known.error();
    if (known->empty())
        co_return Failure{Cause::usage, to_rfc3339(at) + " is past: it is " + to_rfc3339(now),
                          "without a time it goes out at once"};
    co_return Result<>{};
}

} // namespace

asio::awaitable<Result<Accepted>> order_post(Store& store, MediaFetcher& media, const Settings& settings,
                                             const ServerProfile& server, Instant now, PostOrder order) {
    const Result<const AccountSettings*> account = account_of(settings, order.account);
    if (!account)
        co_return account.error();
    const AccountSettings& settings_of = **account;
    Draft draft = draft_of(settings, settings_of, server, now, order);
    if (draft.problem)
        co_return std::move(*draft.problem);

    Acceptance acceptance;
    if (order.origin) {
        acceptance.origin = std::move(*order.origin);
        acceptance.identity = std::move(order.identity);
        acceptance.revision = order.edition;
    } else {
        acceptance.origin.kind = OriginKind::manual;
        acceptance.origin.item = std::move(order.key);
    }
    acceptance.priority = Priority::manual;
    acceptance.now = now;
    acceptance.due = order.at.value_or(now);
    std::vector<Post> posts = accept_thread(settings_of, std::move(acceptance), std::move(draft.parts));
    const Digest key = posts.front().key;
    if (order.at && *order.at < now - late_by_moment)
        if (const Result<> known = co_await known_or_past(store, key, *order.at, now); !known)
            co_return known.error();
    // A script's picture may be gone, or another one, when the post's turn comes.
    if (settings_of.mode != Mode::dry)
        if (const Result<> kept = co_await keep_media(media, server, posts.front()); !kept)
            co_return kept.error();
    Accepted accepted;
    accepted.state = posts.front().state;
    Batch batch;
    batch.now = now;
    batch.insert = std::move(posts);
    const Result<Applied> applied = co_await store.apply(std::move(batch));
    if (!applied)
        co_return applied.error();
    accepted.id = applied->inserted.front();
    if (accepted.id != 0) {
        accepted.further.assign(applied->inserted.begin() + 1, applied->inserted.end());
        co_return accepted;
    }
    PostQuery query;
    query.key = key;
    const Result<std::vector<Post>> known = co_await store.find(std::move(query));
    if (!known)
        co_return known.error();
    if (!known->empty()) {
        accepted.id = known->front().id;
        accepted.state = known->front().state;
        Result<std::vector<Post>> behind = co_await rows_behind(store, key);
        if (!behind)
            co_return behind.error();
        for (const Post& part : *behind)
            if (part.part < known->front().parts)
                accepted.further.push_back(part.id);
    } else {
        accepted.state = PostState::published; // its row was trimmed
    }
    accepted.known = true;
    co_return accepted;
}

asio::awaitable<Result<Post>> find_post(Store& store, PostId id) {
    PostQuery query;
    query.id = id;
    Result<std::vector<Post>> found = co_await store.find(std::move(query));
    if (!found)
        co_return found.error();
    if (!found->empty())
        co_return std::move(found->front());
    PostQuery newest;
    newest.limit = 1;
    const Result<std::vector<Post>> last = co_await store.find(std::move(newest));
    const bool none = !last || last->empty();
    co_return Failure{Cause::not_found, "there is no post " + std::to_string(id),
                      none ? "the outbox is empty"
                           : "`crier outbox list` shows them; the newest is " +
                                 std::to_string(last->front().id)};
}

Failure changed_meanwhile(PostId id) {
    return Failure{Cause::conflict, "post " + std::to_string(id) + " was changed at the same moment",
                   "look at it again and repeat the command"};
}

namespace {

constexpr std::pair<std::string_view, OutboxAction> action_words[] = {{"hold", OutboxAction::hold},
                                                                      {"release", OutboxAction::release},
                                                                      {"retry", OutboxAction::retry},
                                                                      {"cancel", OutboxAction::cancel},
                                                                      {"approve", OutboxAction::approve}};

} // namespace

std::optional<OutboxAction> parse_outbox_action(std::string_view text) noexcept {
    for (const auto& [word, action] : action_words)
        if (word == text)
            return action;
    return std::nullopt;
}

std::string_view word_of(OutboxAction action) noexcept {
    for (const auto& [word, known] : action_words)
        if (known == action)
            return word;
    return {};
}

namespace {

Failure not_now(const Post& post, std::string_view wish) {
    return Failure{Cause::usage,
                   "post " + std::to_string(post.id) + " is " + std::string{to_text(post.state)} +
                       ": it cannot be " + std::string{wish} + " now",
                   post.state == PostState::sending || post.state == PostState::uploading
                       ? "it is on its way: wait for what becomes of it"
                       : ""};
}

/// What nobody has read yet goes by no other word than that: a retry of all that is held means others.
Failure not_approved(const Post& post, std::string_view wish) {
    const std::string id = std::to_string(post.id);
    return Failure{Cause::usage, "post " + id + " waits for approval: it is not " + std::string{wish},
                   "crier outbox show " + id + "; if it is to go out, crier outbox approve " + id};
}

/// Back to its lane, with the same key.
Result<Post> send_again(Post post, Instant now, bool anyway) {
    if (post.in_doubt) {
        if (!anyway)
            return Failure{
                Cause::usage, "post " + std::to_string(post.id) + " may be published already: " + post.reason,
                "look at the account's page first; `--anyway` sends it with a new key, and then it may be "
                "there twice; `cancel` lets it rest"};
        delivery::begin_anew(post);
    }
    post.next = std::max(now, post.due);
    post.state = post.next > now ? PostState::waiting : PostState::ready;
    post.code = ReasonCode::none;
    post.reason.clear();
    post.tries = 0;
    post.undone.reset();
    if (post.expires && *post.expires < now)
        post.expires.reset(); // a person wants it all the same
    return post;
}

/// `must_be_read`: a person is to approve it before it goes out, and has not.
Result<Post> changed(Post post, Instant now, OutboxAction action, bool anyway, bool must_be_read) {
    const bool busy = post.state == PostState::sending || post.state == PostState::uploading;
    const bool unread = post.state == PostState::held && post.code == ReasonCode::approval;
    const bool stopped = post.state == PostState::held || post.state == PostState::failed ||
                         post.state == PostState::expired || post.state == PostState::cancelled;
    switch (action) {
    case OutboxAction::hold:
        if (busy || is_final(post.state) || post.state == PostState::doubt)
            return not_now(post, "held");
        if (unread)
            return not_approved(post, "going out");
        post.state = PostState::held;
        post.code = ReasonCode::person;
        post.reason = "held by a person";
        return post;
    case OutboxAction::cancel:
        if (busy || is_final(post.state))
            return not_now(post, "cancelled");
        post.state = PostState::cancelled;
        post.code = ReasonCode::person;
        post.reason = post.in_doubt ? "cancelled by a person; it may be published all the same"
                                    : "cancelled by a person";
        return post;
    case OutboxAction::approve:
    case OutboxAction::release:
        if (action == OutboxAction::approve && must_be_read &&
            (post.state == PostState::waiting || post.state == PostState::ready)) {
            post.approved = true; // read before its time
            return post;
        }
        if (post.state != PostState::held)
            return not_now(post, action == OutboxAction::approve ? "approved" : "released");
        if (unread && action == OutboxAction::release)
            return not_approved(post, "released");
        // That so many are meant says nothing of each; and what held it need not be what a person must read.
        post.approved = post.approved || action == OutboxAction::approve ||
                        (post.code != ReasonCode::fuse && !must_be_read);
        return send_again(std::move(post), now, anyway);
    case OutboxAction::retry:
        if (!stopped && post.state != PostState::retrying && post.state != PostState::doubt)
            return not_now(post, "retried");
        if (unread)
            return not_approved(post, "retried");
        post.approved = !must_be_read;
        return send_again(std::move(post), now, anyway);
    }
    return Failure{Cause::internal, "unknown action"};
}

/// A part of a thread that is let go waits for the one before it, and says so when that is at rest.
asio::awaitable<Result<Post>> behind_its_parent(Store& store, Instant now, Post post) {
    PostQuery query;
    query.key = post.parent;
    const Result<std::vector<Post>> found = co_await store.find(std::move(query));
    if (!found)
        co_return found.error();
    if (found->empty())
        co_return Failure{Cause::not_found, "the part before it is not in the store"};
    if (!delivery::has_follower(found->front()))
        co_return Failure{Cause::usage,
                          "post " + std::to_string(post.id) +
                              " is no part of its thread any more: its item says less than it did",
                          "crier outbox show " + std::to_string(found->front().id) +
                              " shows where the thread ends"};
    Post waits = delivery::behind(std::move(post), found->front(), now);
    if (waits.state != PostState::waiting && waits.state != PostState::ready)
        co_return Failure{Cause::usage,
                          "post " + std::to_string(waits.id) + " is " + delivery::part_of(waits) + ": " +
                              waits.reason,
                          "see to that one first: this one goes on by itself when it is published"};
    co_return waits;
}

/// What was to be deleted where it is found is to be published now.
bool goes_out_after_all(const Post& post) {
    return !is_final(post.state) && post.state != PostState::held && !post.undone;
}

} // namespace

asio::awaitable<Result<Post>> act_on_post(Store& store, Instant now, PostId id, OutboxAction action,
                                          bool anyway, NeedsApproval needs_approval,
                                          std::optional<std::int64_t> version) {
    Result<Post> post = co_await find_post(store, id);
    if (!post)
        co_return post;
    if (const Result<> same = still_shown(*post, version); !same)
        co_return same.error();
    const bool must_be_read = needs_approval(*post);
    post = changed(std::move(*post), now, action, anyway, must_be_read);
    const bool goes = post && (post->state == PostState::ready || post->state == PostState::waiting);
    if (goes && delivery::lacks_parent(*post))
        post = co_await behind_its_parent(store, now, std::move(*post));
    if (!post)
        co_return post;
    Result<std::vector<Post>> parts = co_await parts_behind(store, *post, now);
    if (!parts)
        co_return parts.error();
    Batch batch;
    batch.now = now;
    batch.update = std::move(*parts);
    batch.update.push_back(*post);
    if (goes_out_after_all(*post))
        batch.amendments.push_back(left_alone(*post, now));
    const Result<Applied> applied = co_await store.apply(std::move(batch));
    if (!applied)
        co_return applied.error().cause == Cause::conflict ? changed_meanwhile(id) : applied.error();
    ++post->version;
    co_return post;
}

namespace {

/// How many posts one transaction changes: few enough that lanes need not wait.
constexpr std::size_t acted_at_once = 200;

std::vector<PostState> states_for(OutboxAction action) {
    switch (action) {
    case OutboxAction::hold:
        return {PostState::waiting, PostState::ready, PostState::retrying};
    case OutboxAction::cancel:
        return {PostState::waiting, PostState::ready, PostState::retrying, PostState::doubt, PostState::held};
    case OutboxAction::approve:
    case OutboxAction::release:
        return {PostState::held};
    case OutboxAction::retry:
        return {PostState::held, PostState::failed, PostState::retrying};
    }
    return {};
}

void note_done(const Post& post, Acted& acted) {
    ++acted.done;
    if (std::find(acted.accounts.begin(), acted.accounts.end(), post.account) == acted.accounts.end())
        acted.accounts.push_back(post.account);
}

/// Is it so already: with another part of its thread?
asio::awaitable<bool> is_done(Store& store, const Post& post, OutboxAction action) {
    const Result<Post> now = co_await find_post(store, post.id);
    if (!now || now->version == post.version)
        co_return false;
    if (action == OutboxAction::cancel)
        co_return now->state == PostState::cancelled;
    if (action == OutboxAction::hold)
        co_return now->state == PostState::held;
    co_return !is_final(now->state) && now->state != PostState::held;
}

/// What was changed at the same moment is tried again by itself.
asio::awaitable<Result<>> act_on_some(Store& store, Instant now, std::vector<Post> posts, OutboxAction action,
                                      bool anyway, const NeedsApproval& needs_approval, Acted& acted) {
    Batch batch;
    batch.now = now;
    for (const Post& post : posts) {
        Result<Post> next = changed(post, now, action, anyway, needs_approval(post));
        if (next && post.parts > 1) { // not without the other parts of its thread
            const bool done = co_await is_done(store, post, action);
            if (!done)
                next =
                    co_await act_on_post(store, now, post.id, action, anyway, needs_approval, std::nullopt);
            if (next)
                note_done(post, acted);
            else
                acted.left.emplace_back(post.id, next.error());
            continue;
        }
        if (next && goes_out_after_all(*next))
            batch.amendments.push_back(left_alone(*next, now));
        if (next)
            batch.update.push_back(std::move(*next));
        else
            acted.left.emplace_back(post.id, next.error());
    }
    if (batch.update.empty())
        co_return Result<>{};
    const std::vector<Post> meant = batch.update;
    const Result<Applied> applied = co_await store.apply(std::move(batch));
    if (!applied && applied.error().cause != Cause::conflict)
        co_return applied.error();
    for (const Post& post : meant) {
        if (!applied) {
            const Result<Post> alone =
                co_await act_on_post(store, now, post.id, action, anyway, needs_approval, std::nullopt);
            if (!alone) {
                acted.left.emplace_back(post.id, alone.error());
                continue;
            }
        }
        note_done(post, acted);
    }
    co_return Result<>{};
}

} // namespace

asio::awaitable<Result<Acted>> act_on_posts(Store& store, Instant now, PostQuery query, OutboxAction action,
                                            bool anyway, NeedsApproval needs_approval) {
    Acted acted;
    if (query.states.empty())
        query.states = states_for(action);
    query.any_order = true;
    // What is done leaves the states that are asked for, so the same question finds the next.
    for (;;) {
        PostQuery more = query;
        more.limit = acted_at_once + acted.left.size();
        Result<std::vector<Post>> found = co_await store.find(std::move(more));
        if (!found)
            co_return found.error();
        std::erase_if(*found, [&](const Post& post) {
            return std::any_of(acted.left.begin(), acted.left.end(),
                               [&](const auto& left) { return left.first == post.id; });
        });
        if (found->empty())
            co_return acted;
        const std::size_t before = acted.done + acted.left.size();
        if (const Result<> done =
                co_await act_on_some(store, now, std::move(*found), action, anyway, needs_approval, acted);
            !done)
            co_return done.error();
        if (acted.done + acted.left.size() == before)
            co_return acted;
    }
}

} // namespace crier::engine
