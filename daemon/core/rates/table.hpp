#pragma once

#include "core/rates/bucket.hpp"

#include <string_view>
#include <vector>

namespace crier::rates {

/// The limits that a kind of server is known to have (ServerProfile::software); empty: only its replies can
/// tell. Static: the rules outlive everything.
[[nodiscard]] const std::vector<Rule>& table_of(std::string_view software);

} // namespace crier::rates
