#pragma once

#include "core/post.hpp"
#include "core/rates/call.hpp"

namespace crier::rates {

/// The calls that a post still takes to be published.
[[nodiscard]] Needs needs_of(const Post& post, Instant now);

/// The calls of so many posts and files that have not begun.
[[nodiscard]] Needs needs_of(int posts, int media);

} // namespace crier::rates
