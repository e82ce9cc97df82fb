#pragma once

#include "core/failure.hpp"

#include <string>

namespace crier::manual {

/// A page as it was written, with the marks in it replaced by what the program itself knows:
///
///     .\" @more NAME ... .\" @end   what is to be said of the command NAME after its options
///     .\" @commands          all commands (after the last @more)
///     .\" @settings          all keys of the configuration
///     .\" @plugins           the plugins with their own keys
///
/// and @VERSION@ in any line. A mark that is none, and a command that there is not, are failures.
[[nodiscard]] Result<std::string> page(const std::string& written, const std::string& version);

} // namespace crier::manual
