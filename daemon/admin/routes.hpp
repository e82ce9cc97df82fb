#pragma once

#include "core/post.hpp"

#include <string_view>

/// What a path says of what is asked for.
namespace crier::admin {

/// Does it fit a route's pattern? "{id}" stands for the number of a post, "{name}" and "{n}" for any word.
[[nodiscard]] bool fits(std::string_view pattern, std::string_view path) noexcept;

/// The number in "/v1/outbox/12" and "/v1/outbox/12/hold"; 0: there is none.
[[nodiscard]] PostId post_in(std::string_view path) noexcept;

/// The name in "/v1/sources/blog/items".
[[nodiscard]] std::string_view name_in(std::string_view path) noexcept;

/// Its last word: "hold".
[[nodiscard]] std::string_view verb_of(std::string_view path) noexcept;

} // namespace crier::admin
