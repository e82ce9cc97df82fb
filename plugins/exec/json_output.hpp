#pragma once

#include "sdk/crier_plugin.hpp"

#include <string_view>

namespace crier::exec {

/// Reads objects, or lists of them, as items, in their order. One that is none is a warning with its line,
/// and the others count. Throws sdk::Error where there are only such.
void read_json(std::string_view output, sdk::Sink& sink);

} // namespace crier::exec
