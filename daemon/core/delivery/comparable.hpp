#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crier::delivery {

/// What is left of a text whatever a server made of it: white space goes (paragraphs become line breaks and
/// back), mentions lose their host, case is folded.
[[nodiscard]] std::string comparable(std::string_view text);

/// The same, and links as core/identity compares them: what another bot posted may carry its own tracking
/// parameters. `links`: those that stand in the text, in order.
[[nodiscard]] std::string comparable_words(std::string_view text, const std::vector<std::string>& links);

} // namespace crier::delivery
