#pragma once

#include "core/failure.hpp"

#include <string>

namespace crier::plugin {

/// Whether a shared object may be loaded: an absolute path to a regular file that belongs to root or to
/// crier's own user, and that nobody else can change, in a folder of which the same is true.
///
/// Errors: config and permission, with what to do.
[[nodiscard]] Result<> check_object_file(const std::string& path);

} // namespace crier::plugin
