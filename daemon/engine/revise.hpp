#pragma once

#include "core/post.hpp"
#include "core/time.hpp"
#include "engine/compose.hpp"

#include <string>

/// What becomes of a post when its item changes before it goes out. Pure.
namespace crier::engine {

/// Nothing of it has left, or was changed by a person: it may still follow its item.
[[nodiscard]] bool follows_item(const Post& post) noexcept;

/// With what the item says now; one that was held for what it lacked goes where it no longer lacks it. Its
/// key and its time stay.
[[nodiscard]] Post revised(Post post, Composed composed, Instant now);

/// Cancelled, with the reason.
[[nodiscard]] Post taken_back(Post post, std::string why);

} // namespace crier::engine
