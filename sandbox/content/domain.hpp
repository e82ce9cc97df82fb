#pragma once

#include "sandbox/content/letters.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace crier::sandbox {

/// Where the host that begins at `at` ends: labels with dots between, the last one a known top-level domain
/// or punycode. Nothing when there is none, as in "localhost", "127.0.0.1" or "host.internal".
///
/// `scanned`, when given, is set to where a chain of labels without any top-level domain ends.
[[nodiscard]] std::optional<std::size_t> domain_end(const std::vector<Letter>& letters, std::size_t at,
                                                    std::size_t* scanned = nullptr);

/// Code points of that host once each label that is not ASCII is written in punycode; nothing when a label is
/// then longer than 63, which is no name.
[[nodiscard]] std::optional<std::size_t> ascii_domain_length(const std::vector<Letter>& letters,
                                                             std::size_t begin, std::size_t end);

/// Bytes of the top-level domain that `text` (lower case) begins with and that is not followed by a letter,
/// digit, "@", "+" or "-"; 0: none that is known.
[[nodiscard]] std::size_t known_top_level(std::string_view text);

} // namespace crier::sandbox
