#pragma once

#include <string>
#include <string_view>

namespace crier::feed {

/// Small letters without accents, of Latin, Greek and Cyrillic, as far as names of months have them.
[[nodiscard]] std::string folded(std::string_view word);

/// 1 to 12 for the name of a month in one of the languages that feeds are written in, or for its first three
/// letters or more where they can only mean that one; else 0. `word` is folded().
[[nodiscard]] int month_by_name(std::string_view word);

} // namespace crier::feed
