#pragma once

#include "sandbox/content/page.hpp"
#include "sandbox/state/world.hpp"

#include <vector>

namespace crier::sandbox {

/// The newest statuses as the timeline page shows them.
[[nodiscard]] std::vector<PageStatus> page_statuses(const World& world);
[[nodiscard]] PageInfo page_info(const World& world);

/// A fault in words: "POST /api/v1/statuses: 500 (3 times)".
[[nodiscard]] std::string describe(const Fault& fault);

} // namespace crier::sandbox
