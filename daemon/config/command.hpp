#pragma once

#include "config/scope.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace crier::config {

/// What the lack of a program means.
struct MissingProgram {
    bool warning = false;  ///< else it is an error
    std::string_view hint; ///< what to do, or what happens until it is there
};

/// A program by its path, which comes out absolute, and its arguments: there is no shell that would look for
/// it, nor split what stands in one text. Empty where nothing was given.
[[nodiscard]] std::vector<std::string> read_command(Scope& scope, const GivenNode& given, const Path& path,
                                                    const MissingProgram& missing);

} // namespace crier::config
