#pragma once

#include "ports/leases.hpp"
#include "ports/store.hpp"
#include "store/postgres_handle.hpp"
#include "store/reading.hpp"
#include "store/sqlite.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace crier::store {

struct PostgresOptions {
    PostgresTarget target;
    std::string name;                                     ///< of this daemon; empty: the machine's
    Duration lease = std::chrono::seconds{15};            ///< how long one lasts that is not renewed
    const std::vector<std::string_view>* steps = nullptr; ///< null: postgres_migrations()

    PostgresOptions() = default;
};

struct OpenedPostgres {
    std::unique_ptr<Store> store;
    std::unique_ptr<Leases> leases; ///< null, where it was opened to read
    std::vector<std::string> notes; ///< for people: a migration

    OpenedPostgres() = default;
};

/// A store in PostgreSQL that other daemons may have open at the same time; its tables are made where they
/// are not yet. Nothing is done with the leases before they are asked for.
///
/// The store: a connection and a thread of its own. When the connection is lost, it connects anew, with
/// pauses of up to five seconds; what is asked meanwhile fails (temporary), and nothing of it was written. A
/// commit whose answer was lost is found out about (Postgres); while it is not known, for up to
/// PostgresTarget::unknown_patience, all that is asked waits. If it is still not known then, or the store is
/// to end, the failure says so: that alone may have been written.
///
/// Thread: blocks the caller's while it opens; then the engine's.
/// Errors: temporary (no connection, a server that starts or shuts down, one that only reads), permission
/// (who may not), config (no such database, no such address), unsupported (of a newer crier).
[[nodiscard]] Result<OpenedPostgres> open_postgres(boost::asio::any_io_executor engine,
                                                   PostgresOptions options);

/// For commands that only look, beside daemons or without them. Errors: not_found (there is no store yet),
/// unsupported (of another version) as well.
[[nodiscard]] Result<OpenedPostgres> open_postgres_to_read(boost::asio::any_io_executor engine,
                                                           PostgresOptions options);

/// A private copy in memory of what is there, for rehearsals; nothing, where there is no store yet. Posts
/// have numbers of its own.
[[nodiscard]] Result<OpenedStore> open_postgres_copy(boost::asio::any_io_executor engine,
                                                     const PostgresOptions& options);

/// read_sqlite for one in PostgreSQL.
[[nodiscard]] Result<> read_postgres(const PostgresOptions& options, ReadWhat what, RowReader& reader);

/// Does the version fit, can it be read? For `crier check --store`.
[[nodiscard]] Result<> check_postgres(const PostgresOptions& options);

/// Leases in the tables of a store that open_postgres() has opened, on a connection and a thread of their
/// own.
[[nodiscard]] std::unique_ptr<Leases> make_postgres_leases(boost::asio::any_io_executor engine,
                                                           PostgresTarget target,
                                                           std::shared_ptr<PostgresSelf> self,
                                                           std::string name, Duration length);

} // namespace crier::store
