#pragma once

#include "core/amendment.hpp"
#include "core/post.hpp"
#include "core/time.hpp"
#include "engine/accept.hpp"
#include "engine/compose.hpp"
#include "engine/item_post.hpp"

#include <optional>
#include <vector>

/// What becomes of a post when its item changes, before it goes out and after. Pure.
namespace crier::engine {

/// Nothing of it has left, or was changed by a person: it may still follow its item, a thread as a whole.
[[nodiscard]] bool follows_item(const ItemThread& thread) noexcept;

/// What a change of an item makes of its posts: rows that are there already, and new parts.
struct Revised {
    std::vector<Post> update;
    std::vector<Post> insert;

    Revised() = default;
};

/// With what the item says now, in as many parts as that takes; one that was held for what it lacked goes
/// where it no longer lacks it. Keys stay; parts that are no longer needed are cancelled. `acceptance`: that
/// of the thread; `due`: where the item says when, else that stays as well.
[[nodiscard]] Revised revised(ItemThread thread, const AccountSettings& account, Acceptance acceptance,
                              std::vector<Composed> composed,
                              const std::optional<Instant>& due = std::nullopt);

/// It may say something else after it was published, or will be: one status, in words that no person chose.
[[nodiscard]] bool may_be_edited(const Post& post) noexcept;

/// What the item says now, under the attachments that the post has; nothing where that cannot be posted, or
/// not in one post.
[[nodiscard]] std::optional<Amendment> edited(const Post& post, const std::vector<Composed>& composed,
                                              Instant now);

/// What becomes of the posts of an item that was taken back.
struct TakenBack {
    std::vector<Post> cancelled; ///< nothing of them has left
    std::vector<Amendment>
        amendments; ///< to be deleted where they are published or may come to be, last first

    TakenBack() = default;
};

/// `removes`: also what may be on the server already; without it, a thread that has begun is brought to its
/// end.
[[nodiscard]] TakenBack taken_back(ItemThread thread, bool removes, Instant now);

} // namespace crier::engine
