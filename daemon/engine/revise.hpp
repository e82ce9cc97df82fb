#pragma once

#include "core/amendment.hpp"
#include "core/post.hpp"
#include "core/time.hpp"
#include "engine/compose.hpp"

#include <optional>
#include <string>

/// What becomes of a post when its item changes, before it goes out and after. Pure.
namespace crier::engine {

/// Nothing of it has left, or was changed by a person: it may still follow its item.
[[nodiscard]] bool follows_item(const Post& post) noexcept;

/// With what the item says now; one that was held for what it lacked goes where it no longer lacks it. Its
/// key and its time stay.
[[nodiscard]] Post revised(Post post, Composed composed, Instant now);

/// It may say something else after it was published, or will be: one status, in words that no person chose.
[[nodiscard]] bool may_be_edited(const Post& post) noexcept;

/// What the item says now, under the attachments that the post has; nothing where that cannot be posted.
[[nodiscard]] std::optional<Amendment> edited(const Post& post, const Composed& composed, Instant now);

/// It may have been published, or may come to be.
[[nodiscard]] bool may_be_removed(const Post& post) noexcept;
[[nodiscard]] Amendment removed(const Post& post, Instant now);

/// Cancelled, with the reason.
[[nodiscard]] Post taken_back(Post post, std::string why);

} // namespace crier::engine
