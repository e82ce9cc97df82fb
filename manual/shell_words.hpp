#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crier::manual {

/// With blanks between.
[[nodiscard]] std::string joined(const std::vector<std::string>& words);

/// In single quotes, for bash and zsh (fish understands these, too, as long as there is no backslash in it).
[[nodiscard]] std::string shell_quoted(std::string_view text);

/// What is shown beside a completion: the first sentence or part of a description, on one line.
[[nodiscard]] std::string short_description(std::string_view description);

} // namespace crier::manual
