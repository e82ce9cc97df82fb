#pragma once

#include "core/failure.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace crier::store {

enum class Replace { never, existing };

/// A copy of the whole store as it is at one moment, beside its daemon or without one: one file, for its
/// owner alone, that reads from end to end and is on the disk when it gets its name. What is not all of that
/// is removed again, and so is what one to the same file left that was ended in the middle. The daemon writes
/// on meanwhile.
///
/// Thread: blocks the caller's; a store of half a gigabyte takes seconds.
/// Errors: those of open_sqlite with `read_only`; conflict: `to` is there, or is the store itself; temporary
/// (a full disk), permission; not_found: the folder; corrupt: the copy does not read, and so the store is
/// damaged.
[[nodiscard]] Result<> backup_sqlite(const std::string& path, const std::string& to, Replace replace);

/// Removes the copies that backups were at in `folder` when they were killed: files with the first name of a
/// backup for which `is_backup` says yes ("NAME.PID.part", and SQLite's beside it), whose process is gone.
void remove_unfinished(const std::string& folder, const std::function<bool(std::string_view)>& is_backup);

} // namespace crier::store
