#pragma once

#include "core/failure.hpp"
#include "core/post.hpp"

#include <cstdint>
#include <optional>

namespace crier::engine {

/// What a person sees of a post, as a number for programs to compare: another text, picture or time is
/// another number. That its turn has come is none of it. Exact in a double.
[[nodiscard]] std::int64_t shown_version(const Post& post);

/// Does the post still say what was shown? Nothing was said of that: yes. Errors: conflict.
[[nodiscard]] Result<> still_shown(const Post& post, std::optional<std::int64_t> version);

} // namespace crier::engine
