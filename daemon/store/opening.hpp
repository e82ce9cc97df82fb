#pragma once

#include "ports/store.hpp"
#include "store/handle.hpp"
#include "store/sqlite.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// From a path to a database of the right kind, version and settings. What is refused is left as it was
/// found, byte for byte.
namespace crier::store {

using Steps = std::vector<std::string_view>;

/// For its owner, who holds the lock. What was done goes to `notes`.
[[nodiscard]] Result<Database> open_owned(const SqliteOptions& options, const Steps& steps,
                                          std::vector<std::string>& notes);

/// Whether the database is the one that was left here, by the mark beside it: a later sign of life is of a
/// life that this one does not know. That is durable, in `meta`, until the engine has taken it up. Returns
/// the database's own last sign of life.
[[nodiscard]] Result<Instant> compare_with_mark(Database& database, const std::optional<Instant>& mark,
                                                std::vector<std::string>& notes);

/// To read only, beside an owner or without one. An older schema is left to the caller (version_of).
[[nodiscard]] Result<Database> open_to_read(const SqliteOptions& options, const Steps& steps);

/// A copy in memory of what is there, or an empty database when nothing is.
[[nodiscard]] Result<Database> open_copy(const SqliteOptions& options, const Steps& steps);

/// What is wrong with the file, all of it read; nothing: it is whole.
[[nodiscard]] Result<std::vector<std::string>> integrity_of(Database& database);

/// After a clean close the next start need not check the file.
void close_cleanly(Database& database);

} // namespace crier::store
