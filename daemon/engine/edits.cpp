#include "engine/edits.hpp"

#include "core/delivery/thread.hpp"
#include "core/rates/quiet.hpp"
#include "engine/compose.hpp"
#include "engine/engine.hpp"
#include "engine/orders.hpp"

#include <utility>

namespace crier::engine {

namespace asio = boost::asio;

namespace {

/// A command's way takes a moment.
constexpr Duration late_by_moment = std::chrono::minutes{1};

std::string post_named(const Post& post) {
    return "post " + std::to_string(post.id);
}

/// Once it may be on the server, another text would be another post, or be dropped for the first one's key.
Result<> may_change(const Post& post) {
    const std::string id = std::to_string(post.id);
    const std::string is = post_named(post) + " is " + std::string{to_text(post.state)};
    if (post.attempts > 0 || post.in_doubt || post.state == PostState::sending)
        return Failure{Cause::usage,
                       is + " and was sent before: only what was never attempted can be changed",
                       is_final(post.state)
                           ? "post what you mean anew: crier post"
                           : "`crier outbox cancel " + id + "`, then post what you mean anew: crier post"};
    if (is_final(post.state))
        return Failure{Cause::usage, is + ": it is not going out, so there is nothing to change",
                       "`crier outbox retry " + id + "` sends it as it is; crier post sends another"};
    return {};
}

Result<> move_to(Post& post, Instant due, const AccountSettings* account, Instant now) {
    if (post.part > 0)
        return Failure{Cause::usage,
                       post_named(post) + " is " + delivery::part_of(post) +
                           " of a thread, and goes out right after the one before it",
                       "reschedule the first part: the others follow"};
    if (due < now - late_by_moment)
        return Failure{Cause::usage, to_rfc3339(due) + " is past: it is " + to_rfc3339(now),
                       "to send it at once: crier outbox reschedule " + std::to_string(post.id) + " now"};
    // As an occurrence's: `expires_after` counts from the end of quiet hours.
    if (account != nullptr)
        due = rates::after_quiet(account->limits.quiet, due);
    if (!post.planned)
        post.planned = post.due;
    if (post.expires)
        *post.expires += due - post.due;
    post.due = post.next = due;
    if (post.state == PostState::held)
        return {};
    post.state = due > now ? PostState::waiting : PostState::ready;
    post.code = ReasonCode::none;
    post.reason.clear();
    post.tries = 0;
    return {};
}

} // namespace

Result<Post> edited(Post post, const PostEdit& edit, const AccountSettings* account,
                    const ServerProfile& server, Instant now) {
    if (edit.empty())
        return Failure{Cause::usage, "nothing says what is to change",
                       "give a text, --cw, --visibility or --language"};
    if (const Result<> may = may_change(post); !may)
        return may.error();
    const PostContent before = post.content;
    if (edit.status)
        post.content.status = *edit.status;
    if (edit.spoiler_text)
        post.content.spoiler_text = *edit.spoiler_text;
    if (edit.visibility)
        post.content.visibility = *edit.visibility;
    if (edit.language)
        post.content.language = *edit.language;
    if (post.content != before)
        if (const Result<> fits = check_content(post.content, server); !fits)
            return fits.error();
    // What was noted of the old text ("shortened to fit") is not true of the new one.
    const bool note = post.state == PostState::waiting || post.state == PostState::ready;
    if (post.content.status != before.status && note && post.code == ReasonCode::none)
        post.reason.clear();
    if (edit.due)
        if (const Result<> moved = move_to(post, *edit.due, account, now); !moved)
            return moved.error();
    post.edited = now;
    return post;
}

asio::awaitable<Result<Post>> edit_post(Store& store, const Settings& settings, ProfileOf profile,
                                        Instant now, PostId id, PostEdit edit) {
    Result<Post> post = co_await find_post(store, id);
    if (!post)
        co_return post;
    const auto account = settings.accounts.find(post->account);
    const AccountSettings* known = account == settings.accounts.end() ? nullptr : &account->second;
    const ServerProfile& server = profile(post->account);
    post = edited(std::move(*post), edit, known, server, now);
    if (!post)
        co_return post;
    Batch batch;
    batch.now = now;
    batch.update.push_back(*post);
    const Result<Applied> applied = co_await store.apply(std::move(batch));
    if (!applied)
        co_return applied.error().cause == Cause::conflict ? changed_meanwhile(id) : applied.error();
    ++post->version;
    co_return post;
}

asio::awaitable<Result<Post>> Engine::edit(PostId id, PostEdit edit) {
    if (const Result<> can = ready(); !can)
        co_return can.error();
    ProfileOf profile = [this, unknown = ServerProfile{}](const std::string& name) -> const ServerProfile& {
        const auto lane = lanes_.find(name);
        return lane == lanes_.end() ? unknown : lane->second->profile();
    };
    Result<Post> result = co_await edit_post(world_.store, settings_, std::move(profile), world_.clock.now(),
                                             id, std::move(edit));
    if (result) {
        outlook_.saw(*result);
        accepted(result->account);
    }
    co_return result;
}

} // namespace crier::engine
