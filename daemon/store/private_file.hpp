#pragma once

#include "core/failure.hpp"

#include <string>

namespace crier::store {

/// Makes the file, where it is not there yet, readable by its owner alone: before SQLite would make it with
/// what the umask leaves.
///
/// Errors: permission, temporary (disk full); the hint says who must be able to write where.
[[nodiscard]] Result<> make_private(const std::string& path);

/// The file and its name outlast a power cut when this returns.
[[nodiscard]] Result<> make_durable(const std::string& path);

/// Why a call of the system failed on `path`, by errno.
[[nodiscard]] Failure file_failure(const std::string& path);

} // namespace crier::store
