#pragma once

#include "simulation/run.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace crier::sim {

/// What all the deaths of some mornings came to.
struct EveryDeath {
    std::size_t runs = 0;
    std::vector<std::string> wrong; ///< which death, and what came of it

    EveryDeath() = default;
};

/// A morning with each of a few faults, on a server of each manner, ended at every completion in each of the
/// three ways; and again soon after, at a completion of the recovery.
[[nodiscard]] EveryDeath die_everywhere(const Settings& settings, RunOptions options);

} // namespace crier::sim
