#pragma once

#include <optional>
#include <string>
#include <vector>

namespace crier::bench {

/// A rule as Python's libraries write it.
struct PythonRule {
    std::string library; ///< "croniter" or "dateutil"; empty: neither has such rules
    std::string text;
    std::string zone;
};

/// Nanoseconds that each takes for the next moment, going from one to the next over the years 2026 to 2035;
/// nothing where there is no library or it does not know the rule. Throws when Python or one of them is not
/// there.
[[nodiscard]] std::vector<std::optional<double>> python_costs(const std::vector<PythonRule>& rules);

} // namespace crier::bench
