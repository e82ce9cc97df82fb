#pragma once

#include <string>

namespace crier::manual {

/// Every key of the configuration, from the table that reads it: a subsection for each mapping.
[[nodiscard]] std::string settings_page();

} // namespace crier::manual
