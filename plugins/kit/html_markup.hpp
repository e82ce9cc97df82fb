#pragma once

#include <string_view>

namespace crier::kit {

/// Whether a text has HTML's markup in it, and not only a '<' or the name of a tag. Each byte is looked at a
/// few times at most.
[[nodiscard]] bool has_markup(std::string_view text);

} // namespace crier::kit
