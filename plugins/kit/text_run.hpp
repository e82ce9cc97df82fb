#pragma once

#include <cstddef>
#include <string_view>

namespace crier::kit {

/// Where a run of text from `at` on that may be taken as it stands ends: before markup, references, and white
/// space that has to be folded. A blank between two words is a part of it.
[[nodiscard]] std::size_t run_end(std::string_view text, std::size_t at);

} // namespace crier::kit
