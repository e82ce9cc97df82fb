#pragma once

#include "core/failure.hpp"

#include <string>

namespace crier::store {

enum class Replace { never, existing };

/// A copy of the whole store as it is at one moment, beside its daemon or without one: one file, for its
/// owner alone, that reads from end to end and is on the disk when it gets its name. What is not all of that
/// is removed again. The daemon writes on meanwhile.
///
/// Thread: blocks the caller's; a store of half a gigabyte takes seconds.
/// Errors: those of open_sqlite with `read_only`; conflict: `to` is there, or is the store itself; temporary
/// (a full disk), permission; corrupt: the copy does not read, and so the store is damaged.
[[nodiscard]] Result<> backup_sqlite(const std::string& path, const std::string& to, Replace replace);

} // namespace crier::store
