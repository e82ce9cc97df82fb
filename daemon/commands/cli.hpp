#pragma once

#include "sys/environment.hpp"

#include <iosfwd>
#include <string>
#include <vector>

namespace crier::commands {

/// The program: reads the command line, runs the subcommand, returns the exit code.
[[nodiscard]] int cli(int argc, const char* const* argv, const sys::Environment& environment,
                      std::ostream& out, std::ostream& err);

/// Is this a command line (without the program's name) that means something? Nothing of it is done. What is
/// wrong with it is told as cli() tells it.
[[nodiscard]] bool understands(const std::vector<std::string>& arguments, std::ostream& err);

} // namespace crier::commands
