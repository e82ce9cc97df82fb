#pragma once

#include <string>

namespace crier::commands {

/// From the root on, without "." and "..", and as it was named: with symbolic links in it.
[[nodiscard]] std::string whole_path(const std::string& path);

/// Where symbolic links lead. What is not there, or may not be looked at: as whole_path().
[[nodiscard]] std::string real_path(const std::string& path);

} // namespace crier::commands
