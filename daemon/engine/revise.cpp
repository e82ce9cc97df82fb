#include "engine/revise.hpp"

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

Post taken_back(Post post, std::string why) {
    post.state = PostState::cancelled;
    post.code = ReasonCode::taken_back;
    post.reason = std::move(why);
    return post;
}

} // namespace crier::engine
