#pragma once

#include "commands/cli_described.hpp"

#include <map>
#include <string>
#include <vector>

namespace crier::manual {

/// The section COMMANDS of crier(1): a subsection for each command, with its operands and options. `more`:
/// what a person has written on some of them, by the command's name, as source of man(7); it follows the
/// options.
[[nodiscard]] std::string commands_page(const std::vector<commands::DescribedCommand>& commands,
                                        const std::map<std::string, std::string>& more);

} // namespace crier::manual
