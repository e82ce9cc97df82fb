#pragma once

#include "store/postgres_handle.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace crier::store {

/// One step each from version n to n+1; the first makes the tables. Released steps never change. Daemons of
/// the version before may run while a step is taken: docs/POSTGRESQL.md says what that allows.
[[nodiscard]] const std::vector<std::string_view>& postgres_migrations();

/// Brings the database to the newest version, in one transaction that excludes others who would do the same.
/// What was done goes to `notes`.
///
/// Errors: unsupported (of a newer crier), config (another program's tables), those of the connection.
[[nodiscard]] Result<> migrate_postgres(Postgres& database, const std::vector<std::string_view>& steps,
                                        std::vector<std::string>& notes);

/// For those who only read: not_found (there is no store), unsupported (of an older crier, or a newer one).
[[nodiscard]] Result<> check_postgres_version(Postgres& database, std::size_t newest);

} // namespace crier::store
