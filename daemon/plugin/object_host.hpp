#pragma once

#include "core/failure.hpp"
#include "plugin/object_wire.hpp"
#include "sdk/crier_plugin.h"

#include <string>

/// Inside of the process that holds a shared object: it reads one request, answers it, and ends. So a plugin
/// that hangs, crashes or eats memory takes nothing with it, and what it sees of crier is what it is given.
namespace crier::plugin {

/// The table of a shared object, which stays loaded to the end of the process.
///
/// Errors: config, with the loader's words; unsupported for another version.
[[nodiscard]] Result<const crier_plugin*> load_object(const std::string& path);

[[nodiscard]] ObjectInfo describe(const crier_plugin& table);

/// Reads a request from standard input and writes the reply to standard output; what the plugin itself prints
/// goes to standard error. The exit code.
int serve_object(const std::string& path);

} // namespace crier::plugin
