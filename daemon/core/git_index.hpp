#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace crier {

/// The files that git tracks below a folder, by the bytes of .git/index (versions 2 to 4, SHA-1 or SHA-256):
/// their paths from the work tree's root on, those alone that begin with `below` ("bots/", or empty for all).
/// Nothing: it is no such index, or it is a part of one (a split index).
[[nodiscard]] std::optional<std::set<std::string>> tracked_files(std::string_view index,
                                                                 std::string_view below);

} // namespace crier
