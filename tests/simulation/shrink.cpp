#include "simulation/shrink.hpp"

#include <utility>

namespace crier::sim {

Plan shrink(Plan plan, const Settings& settings, RunOptions options) {
    options.trace = false;
    for (std::size_t i = 0; i < plan.faults.size();) {
        Plan fewer = plan;
        fewer.faults.erase(fewer.faults.begin() + static_cast<std::ptrdiff_t>(i));
        if (Simulation{fewer, settings, options}.run().wrong.empty()) {
            ++i;
            continue;
        }
        plan = std::move(fewer);
        i = 0;
    }
    return plan;
}

} // namespace crier::sim
