#pragma once

#include "core/post.hpp"

#include <string>

namespace crier::commands {

/// The answers of a poll, one a line, and how long it is open.
[[nodiscard]] std::string poll_text(const Poll& poll);

/// "↪ replies to 114..., stays on its server, pinned": what a post is beside its text; empty: nothing else.
[[nodiscard]] std::string forms_text(const PostContent& content);

} // namespace crier::commands
