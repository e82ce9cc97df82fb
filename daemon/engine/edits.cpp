#include "engine/edits.hpp"

#include "core/delivery/amend.hpp"
#include "core/delivery/thread.hpp"
#include "core/language.hpp"
#include "core/rates/quiet.hpp"
#include "core/text/plain.hpp"
#include "engine/compose.hpp"
#include "engine/engine.hpp"
#include "engine/orders.hpp"
#include "engine/shown.hpp"

#include <utility>

namespace crier::engine {

namespace asio = boost::asio;

namespace {

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
                       is_final(post.state) ? "post what you mean anew: crier post"
                       : post.state == PostState::sending || post.state == PostState::uploading
                           ? "wait for what becomes of it: crier outbox show " + id
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

namespace {

Result<> change_content(PostContent& content, const PostEdit& edit) {
    if (edit.status)
        content.status = *edit.status;
    if (edit.spoiler_text)
        content.spoiler_text = *edit.spoiler_text;
    if (edit.visibility)
        content.visibility = *edit.visibility;
    if (edit.language) {
        if (const Result<> good = check_language(*edit.language); !good)
            return good.error();
        content.language = *edit.language;
    }
    for (const auto& [number, alt] : edit.alts) {
        if (number < 1 || number > content.media.size())
            return Failure{Cause::usage, "there is no picture " + std::to_string(number) + ": the post has " +
                                             std::to_string(content.media.size())};
        if (text::strip(alt).empty())
            return Failure{Cause::usage, "picture " + std::to_string(number) + " would have no description",
                           "say what it shows, for those who cannot see it"};
        content.media[number - 1].alt = alt;
    }
    return {};
}

} // namespace

Result<Post> edited(Post post, const PostEdit& edit, const AccountSettings* account,
                    const ServerProfile& server, Instant now) {
    if (edit.empty())
        return Failure{Cause::usage, "nothing says what is to change",
                       "give a text, --cw, --visibility, --language or --alt"};
    if (const Result<> may = may_change(post); !may)
        return may.error();
    const PostContent before = post.content;
    if (const Result<> changed = change_content(post.content, edit); !changed)
        return changed.error();
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

Result<Amendment> edited_there(const Post& post, const std::optional<Amendment>& asked, const PostEdit& edit,
                               const AccountSettings* account, const ServerProfile& server, Instant now) {
    const std::string is = post_named(post) + " is published";
    if (edit.due)
        return Failure{Cause::usage, is + ": it cannot be moved any more"};
    if (edit.empty())
        return Failure{Cause::usage, "nothing says what is to change",
                       "give a text, --cw, --language or --alt"};
    if (post.status_id.empty())
        return Failure{Cause::usage, is + ", and which of the account's posts it is, is not known",
                       "edit it on the account's page"};
    if (edit.visibility && *edit.visibility != post.content.visibility)
        return Failure{Cause::usage, is + ": no server changes who sees it afterwards",
                       "`crier outbox delete " + std::to_string(post.id) + "`, and post it anew: crier post"};
    if (account == nullptr)
        return Failure{Cause::usage, "its account " + post.account + " is no longer in the configuration"};
    if (account->mode == Mode::dry)
        return Failure{Cause::usage, "its account is in mode: dry, which sends nothing", "set mode: live"};
    if (asked && asked->next && asked->kind == Amendment::Kind::remove)
        return Failure{Cause::usage, post_named(post) + " is to be deleted",
                       "`crier outbox keep " + std::to_string(post.id) +
                           "` keeps it, and then it can be edited"};
    if (const std::string why = delivery::not_editable(post, server, now); !why.empty())
        return Failure{Cause::usage, post_named(post) + " cannot be edited: " + why};
    Amendment amendment;
    amendment.post = post.id;
    amendment.account = post.account;
    amendment.person = true;
    amendment.asked = now;
    amendment.next = now;
    // What waits to be said already is said with it.
    const bool more = asked && asked->next && asked->kind == Amendment::Kind::edit;
    amendment.content = more ? delivery::with_words_of(post.content, asked->content) : post.content;
    if (const Result<> changed = change_content(amendment.content, edit); !changed)
        return changed.error();
    if (const Result<> fits = check_content(amendment.content, server); !fits)
        return fits.error();
    const bool same = amendment.content == post.content;
    amendment.kind = same ? Amendment::Kind::keep : Amendment::Kind::edit;
    return amendment;
}

asio::awaitable<Result<Post>> edit_post(Store& store, const Settings& settings, ProfileOf profile,
                                        Instant now, PostId id, PostEdit edit) {
    Result<Post> post = co_await find_post(store, id);
    if (!post)
        co_return post;
    if (const Result<> same = still_shown(*post, edit.version); !same)
        co_return same.error();
    const AccountSettings* known = find_account(settings, post->account);
    const ServerProfile& server = profile(post->account);
    Batch batch;
    batch.now = now;
    if (post->state == PostState::published) {
        const Result<std::optional<Amendment>> asked = co_await store.amendment(id);
        if (!asked)
            co_return asked.error();
        Result<Amendment> amendment = edited_there(*post, *asked, edit, known, server, now);
        if (!amendment)
            co_return amendment.error();
        batch.amendments.push_back(std::move(*amendment));
        post->edited = now; // from now on it does not follow its item
    } else {
        post = edited(std::move(*post), edit, known, server, now);
        if (!post)
            co_return post;
    }
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
    const Result<Post> before = co_await find_post(world_.store, id);
    if (!before)
        co_return before.error();
    const Result<ServerProfile> server = co_await server_of(before->account);
    if (!server)
        co_return server.error();
    ProfileOf profile = [&](const std::string&) -> const ServerProfile& { return *server; };
    Result<Post> result = co_await edit_post(world_.store, *settings_, std::move(profile), world_.clock.now(),
                                             id, std::move(edit));
    if (result) {
        outlook_.saw(*result);
        approvals_.heed(*result); // it may have another time
        accepted(result->account);
    }
    co_return result;
}

} // namespace crier::engine
