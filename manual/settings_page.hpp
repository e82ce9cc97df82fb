#pragma once

#include <string>

namespace crier::manual {

/// Every key of the configuration, from the table that reads it: a subsection for each mapping.
[[nodiscard]] std::string settings_page();

/// The plugins that the program has, with the keys that are their own.
[[nodiscard]] std::string plugins_page();

} // namespace crier::manual
