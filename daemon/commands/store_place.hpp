#pragma once

#include "commands/invocation.hpp"
#include "store/postgres.hpp"

#include <string>

namespace crier::commands {

/// `store:` as people may read it: without the password that may be in it.
[[nodiscard]] std::string shown_store(const Settings& settings);

/// The folder for files beside the store: its own; of a store in PostgreSQL, $STATE_DIRECTORY, or else the
/// configuration's.
[[nodiscard]] std::string folder_beside_store(const Invocation& call, const Settings& settings);

/// How to open a store in PostgreSQL.
[[nodiscard]] store::PostgresOptions postgres_options(const Settings& settings);

/// For what is done with a file.
[[nodiscard]] Failure not_of_postgres(const std::string& what, const std::string& instead);

} // namespace crier::commands
