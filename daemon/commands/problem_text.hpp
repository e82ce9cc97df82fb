#pragma once

#include "config/load.hpp"

#include <string>

namespace crier::commands {

/// A problem as the terminal may have it. Names of files, and what servers say, hold anything.
[[nodiscard]] std::string problem_text(config::Problem problem);

} // namespace crier::commands
