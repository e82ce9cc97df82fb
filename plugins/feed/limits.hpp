#pragma once

#include <cstddef>

/// What one document may cost, whatever it says.
namespace crier::feed {

inline constexpr std::size_t most_items = 10'000;
inline constexpr std::size_t most_text = std::size_t{1} << 20U; ///< bytes of one element's text
inline constexpr std::size_t most_categories = 64;              ///< of one item
inline constexpr std::size_t most_category = 200;               ///< bytes of one
inline constexpr std::size_t most_media = 32;                   ///< of one item
inline constexpr std::size_t most_depth = 128;                  ///< of elements in elements
inline constexpr std::size_t most_attributes = 64;              ///< of one element

} // namespace crier::feed
