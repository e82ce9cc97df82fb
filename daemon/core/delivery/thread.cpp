#include "core/delivery/thread.hpp"

#include <algorithm>
#include <utility>

namespace crier::delivery {
namespace {

std::string named(const Post& before) {
    const std::string part = "part " + std::to_string(before.part + 1);
    return before.id > 0 ? part + " (post " + std::to_string(before.id) + ")" : part;
}

void wait_for(Post& part, std::string reason) {
    part.state = PostState::waiting;
    part.code = ReasonCode::thread;
    part.reason = std::move(reason);
    part.next = Instant::max();
}

void hold(Post& part, std::string reason) {
    part.state = PostState::held;
    part.code = ReasonCode::thread;
    part.reason = std::move(reason);
    part.next = Instant::max();
}

void go_on(Post& part, const Post& before, Instant now) {
    part.content.in_reply_to = before.status_id;
    part.state = PostState::ready;
    part.code = ReasonCode::none;
    part.reason.clear();
    part.next = now;
    part.priority = Priority::thread;
    part.approved = part.approved || before.approved; // a thread is approved as a whole
}

std::string because(const Post& before) {
    return before.reason.empty() ? std::string{} : ": " + before.reason;
}

} // namespace

Post behind(Post part, const Post& before, Instant now) {
    part.parent = before.key;
    part.part = before.part + 1;
    part.parts = before.parts;
    part.expires.reset();
    wait_for(part, {});
    std::optional<Post> waits = after(part, before, now);
    return waits ? std::move(*waits) : part;
}

std::optional<Post> after(Post part, const Post& before, Instant now) {
    const bool concerned = part.code == ReasonCode::thread &&
                           (part.state == PostState::waiting || part.state == PostState::held);
    if (!concerned || !lacks_parent(part))
        return std::nullopt;
    const Post old = part;
    switch (before.state) {
    case PostState::published:
        if (before.status_id.empty())
            hold(part, named(before) + " is published, and its number on the server is not known");
        else
            go_on(part, before, now);
        break;
    case PostState::doubt:
        wait_for(part, "waits for " + named(before) + ", which may or may not be published");
        break;
    case PostState::waiting:
    case PostState::ready:
    case PostState::uploading:
    case PostState::sending:
    case PostState::retrying:
        wait_for(part, "waits for " + named(before));
        break;
    case PostState::held:
    case PostState::failed:
        hold(part, named(before) + " is " + std::string{to_text(before.state)} + because(before));
        break;
    case PostState::deleted:
        hold(part, named(before) + " was deleted on the server");
        break;
    case PostState::expired:
    case PostState::cancelled:
        part.state = before.state;
        part.code = before.code;
        part.reason = named(before) + " is " + std::string{to_text(before.state)} + because(before);
        break;
    }
    const bool same = part.state == old.state && part.code == old.code && part.reason == old.reason;
    return same ? std::nullopt : std::optional{std::move(part)};
}

std::string part_of(const Post& post) {
    if (post.parts < 2)
        return {};
    return "part " + std::to_string(post.part + 1) + " of " + std::to_string(post.parts);
}

} // namespace crier::delivery
