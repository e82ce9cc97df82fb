#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crier {

/// The candidate that a person most likely meant by `word` (edit distance with transpositions, at most a
/// third of its length), or empty when none is near.
[[nodiscard]] std::string nearest(std::string_view word, const std::vector<std::string_view>& candidates);

} // namespace crier
