#pragma once

#include "commands/cli_described.hpp"

#include <string>
#include <vector>

/// What a shell loads to complete crier's command line. All three know the commands, their options, and what
/// can stand behind those (values.hpp); names of the configuration they ask `crier names` for, which says
/// nothing where there is none, and may take two seconds.
namespace crier::manual {

[[nodiscard]] std::string bash_completion(const std::vector<commands::DescribedCommand>& commands);
[[nodiscard]] std::string zsh_completion(const std::vector<commands::DescribedCommand>& commands);
[[nodiscard]] std::string fish_completion(const std::vector<commands::DescribedCommand>& commands);

} // namespace crier::manual
