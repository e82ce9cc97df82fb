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

/// " (focus 0.5 -0.25, thumbnail a.png, stripped)": what goes along with a medium; empty: nothing.
[[nodiscard]] std::string media_text(const Media& media);
/// The same of one as JSON shows it.
[[nodiscard]] std::string media_text(const boost::json::object& media);

} // namespace crier::commands
