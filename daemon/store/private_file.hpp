#pragma once

#include "core/failure.hpp"

#include <string>
#include <string_view>

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

/// Whether the file system that holds `path` takes no writes from anybody.
[[nodiscard]] bool is_on_read_only(const std::string& path);

/// The store cannot be opened as it has to be, to be read as well. Temporary where that is its file system's
/// doing, which ends without a change of anything here; else permission.
[[nodiscard]] Failure no_access(const std::string& path, std::string_view why, bool read_only);

} // namespace crier::store
