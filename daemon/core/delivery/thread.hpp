#pragma once

#include "core/post.hpp"

#include <optional>
#include <string>

/// Threads: each part is a row of its own, and waits for the status id of the one before. Pure.
namespace crier::delivery {

/// A later part as a row that waits until `before` is published. It never expires: a thread that has begun is
/// brought to its end.
[[nodiscard]] Post behind(Post part, const Post& before, Instant now);

/// What became of the part before makes of the one behind it; nothing when that stays as it is. Only parts
/// that wait for it, or are held because of it, are ever changed.
[[nodiscard]] std::optional<Post> after(Post part, const Post& before, Instant now);

[[nodiscard]] inline bool has_follower(const Post& post) noexcept {
    return post.part + 1 < post.parts;
}

/// Waits for a status id that it does not have yet?
[[nodiscard]] inline bool lacks_parent(const Post& post) noexcept {
    return post.parent != Digest{} && post.content.in_reply_to.empty();
}

/// "part 2 of 3", for people; empty where there is only one.
[[nodiscard]] std::string part_of(const Post& post);

} // namespace crier::delivery
