#pragma once

#include "core/post.hpp"

#include <string>
#include <string_view>

namespace crier::store {

/// A post's content as the JSON that its row holds.
[[nodiscard]] std::string content_to_text(const PostContent& content);
/// An empty content for what does not read: the file was damaged, and the caller says so.
[[nodiscard]] bool content_from_text(std::string_view text, PostContent& content);

} // namespace crier::store
