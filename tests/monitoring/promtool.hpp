#pragma once

#include "programs/process.hpp"

#include <string>
#include <vector>

namespace crier::test {

/// A file of the sources, by its path from their root.
[[nodiscard]] std::string source_file(const std::string& path);
[[nodiscard]] std::string read_source(const std::string& path);

[[nodiscard]] Finished promtool(std::vector<std::string> arguments, const std::string& input = {});

} // namespace crier::test
