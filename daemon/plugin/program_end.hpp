#pragma once

#include "core/failure.hpp"
#include "core/time.hpp"
#include "ports/command_runner.hpp"

#include <string>
#include <vector>

/// What the end of a program says to somebody who wanted its output.
namespace crier::plugin {

/// The first lines of what it wrote to its standard error, fit for a log.
[[nodiscard]] std::vector<std::string> complaints_in(const std::string& errors);

/// Nothing, where it went well.
[[nodiscard]] Result<> judge_end(const std::string& program, const ProgramEnd& end, Duration timeout);

} // namespace crier::plugin
