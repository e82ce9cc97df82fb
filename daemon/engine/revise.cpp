#include "engine/revise.hpp"

#include "core/delivery/amend.hpp"

#include <algorithm>
#include <utility>

namespace crier::engine {

bool follows_item(const Post& post) noexcept {
    const bool waits = post.state == PostState::waiting || post.state == PostState::ready ||
                       (post.state == PostState::held && post.code == ReasonCode::content);
    const bool untouched =
        std::all_of(post.content.media.begin(), post.content.media.end(),
                    [](const Media& media) { return media.server_id.empty() && media.copy.empty(); });
    return waits && untouched && post.attempts == 0 && !post.edited && post.parts == 1;
}

Post revised(Post post, Composed composed, Instant now) {
    if (!composed.drop.empty())
        return post; // it was worth posting when it was first seen
    post.content = std::move(composed.content);
    if (!composed.hold.empty()) {
        post.state = PostState::held;
        post.code = ReasonCode::content;
        post.reason = std::move(composed.hold);
        return post;
    }
    if (post.state == PostState::held) {
        post.state = post.due > now ? PostState::waiting : PostState::ready;
        post.code = ReasonCode::none;
        post.next = post.due;
    }
    post.reason = std::move(composed.note);
    return post;
}

namespace {

/// It is published, or an attempt may still publish it.
bool may_be_there(const Post& post) noexcept {
    return post.state == PostState::published || !is_final(post.state);
}

Amendment asked_of(const Post& post, Amendment::Kind kind, Instant now) {
    Amendment amendment;
    amendment.post = post.id;
    amendment.account = post.account;
    amendment.kind = kind;
    amendment.asked = now;
    amendment.next = now;
    return amendment;
}

} // namespace

bool may_be_edited(const Post& post) noexcept {
    return may_be_there(post) && post.parts == 1 && !post.edited && !post.approved;
}

std::optional<Amendment> edited(const Post& post, const Composed& composed, Instant now) {
    if (!composed.drop.empty() || !composed.hold.empty())
        return std::nullopt;
    PostContent content = delivery::with_words_of(post.content, composed.content);
    const bool same = content == post.content;
    Amendment amendment = asked_of(post, same ? Amendment::Kind::keep : Amendment::Kind::edit, now);
    amendment.content = std::move(content);
    return amendment;
}

bool may_be_removed(const Post& post) noexcept {
    return may_be_there(post) && post.parts == 1;
}

Amendment removed(const Post& post, Instant now) {
    return asked_of(post, Amendment::Kind::remove, now);
}

Post taken_back(Post post, std::string why) {
    post.state = PostState::cancelled;
    post.code = ReasonCode::taken_back;
    post.reason = std::move(why);
    return post;
}

} // namespace crier::engine
