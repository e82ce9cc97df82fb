#include "core/delivery/undo.hpp"

#include <utility>

namespace crier::delivery {

Undo undo_of(const Post& post) noexcept {
    switch (post.state) {
    case PostState::published:
        return post.status_id.empty() ? Undo::by_hand : Undo::remove;
    case PostState::sending:
    case PostState::doubt:
        return Undo::find;
    case PostState::waiting:
    case PostState::ready:
    case PostState::uploading:
    case PostState::retrying:
    case PostState::held:
        return post.in_doubt ? Undo::find : Undo::cancel;
    case PostState::failed:
    case PostState::expired:
    case PostState::cancelled:
    case PostState::deleted:
        break;
    }
    return Undo::nothing;
}

Undoing undo(Post post, Instant now, Instant turn) {
    Undoing made;
    made.what = undo_of(post);
    if (made.what == Undo::remove || made.what == Undo::find) {
        Amendment removal;
        removal.post = post.id;
        removal.account = post.account;
        removal.kind = Amendment::Kind::remove;
        removal.person = true;
        removal.asked = now;
        removal.next = turn;
        made.amendment = std::move(removal);
    }
    if (made.what == Undo::cancel) {
        post.state = PostState::cancelled;
        post.code = ReasonCode::undone;
        post.reason = "cancelled: a person wanted it undone";
        made.post_changed = true;
    } else if (made.what == Undo::find) {
        post.undone = now;
        made.post_changed = true;
        if (post.state == PostState::held) { // once more, for now it is asked something else
            post.state = PostState::doubt;
            post.next = now;
            post.looks = 0;
            post.absent_since.reset();
        }
    }
    made.post = std::move(post);
    return made;
}

} // namespace crier::delivery
