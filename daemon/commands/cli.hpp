#pragma once

#include "sys/environment.hpp"

#include <iosfwd>

namespace crier::commands {

/// The program: reads the command line, runs the subcommand, returns the exit code.
[[nodiscard]] int cli(int argc, const char* const* argv, const sys::Environment& environment,
                      std::ostream& out, std::ostream& err);

} // namespace crier::commands
