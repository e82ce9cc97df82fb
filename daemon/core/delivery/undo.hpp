#pragma once

#include "core/amendment.hpp"
#include "core/post.hpp"
#include "core/time.hpp"

#include <optional>

/// What becomes of a post that a person wants gone (`crier undo`, `crier outbox delete`). Pure.
namespace crier::delivery {

enum class Undo {
    nothing, ///< it never was, or is gone already
    remove,  ///< it is published: deleted on the server
    cancel,  ///< nothing of it has left: it never will
    find,    ///< it may be there: never sent again, looked for, and deleted where it is found
    by_hand, ///< it is there, and which of the account's statuses it is, nobody here knows
};

[[nodiscard]] Undo undo_of(const Post& post) noexcept;

struct Undoing {
    Undo what = Undo::nothing;
    Post post;
    bool post_changed = false;
    std::optional<Amendment> amendment; ///< the deletion, also of one that is yet to be found

    Undoing() = default;
};

/// `turn`: of deletions the earlier one is made first.
[[nodiscard]] Undoing undo(Post post, Instant now, Instant turn);

} // namespace crier::delivery
