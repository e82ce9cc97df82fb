#pragma once

#include "core/post.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace crier::commands {

/// The answers of a poll, one a line, and how long it is open.
[[nodiscard]] std::string poll_text(const Poll& poll);

/// "↪ replies to 114..., stays on its server, pinned": what a post is beside its text; empty: nothing else.
[[nodiscard]] std::string forms_text(const PostContent& content);

/// The same of a post as JSON shows it.
[[nodiscard]] std::string forms_text(const boost::json::object& post);

} // namespace crier::commands
