#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace crier::store {

/// A kind of file that servers take.
struct MediaKind {
    std::string_view type;
    std::string_view extension;
};

/// How many first bytes kind_of() looks at.
inline constexpr std::size_t media_head = 16;

/// The kind that the first bytes speak for; null when they speak for none.
[[nodiscard]] const MediaKind* kind_of(std::string_view bytes) noexcept;

/// Every extension that a kind has.
[[nodiscard]] const std::vector<std::string_view>& media_extensions();

} // namespace crier::store
