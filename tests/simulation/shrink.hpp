#pragma once

#include "simulation/run.hpp"

namespace crier::sim {

/// The fewest faults, of those of a plan that goes wrong, with which it still does. Tries each without, over
/// and over: a plan has a dozen at most.
[[nodiscard]] Plan shrink(Plan plan, const Settings& settings, RunOptions options);

} // namespace crier::sim
