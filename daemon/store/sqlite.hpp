#pragma once

#include "ports/store.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace crier::store {

struct SqliteOptions {
    std::string path;
    bool read_only = false; ///< beside a daemon, or on a stopped one's file; apply() then fails
    std::string vfs;        ///< empty: SQLite's default
    std::chrono::milliseconds patience{5000};   ///< with another program that holds the file for writing
    std::chrono::milliseconds owner_patience{}; ///< with another crier that owns it
    const std::vector<std::string_view>* steps = nullptr; ///< null: migrations()
};

struct OpenedStore {
    std::unique_ptr<Store> store;
    std::vector<std::string> notes; ///< for people: a migration, a check after an unclean stop

    OpenedStore() = default;
};

/// Opens the store, makes it where it is not yet, and becomes its owner.
///
/// Thread: `engine` is where the store's operations resume; the work is done on a thread of the store's own.
/// Errors: conflict (somebody else owns it), permission, temporary, corrupt, config (another program's file),
/// unsupported (of a newer version; read_only, and of an older one), not_found (read_only, and there is
/// none). A file that is refused is left as it was.
[[nodiscard]] Result<OpenedStore> open_sqlite(boost::asio::any_io_executor engine, SqliteOptions options);

/// Reads the whole file, beside its daemon or without one: the first things that are wrong with it, in
/// SQLite's words; none: it is whole. A million posts take some seconds.
///
/// Errors: those of open_sqlite, read_only; corrupt where it cannot even be read.
[[nodiscard]] Result<std::vector<std::string>> check_sqlite(const std::string& path);

/// A private copy of the store in memory, or an empty one when there is none; the original is only read, and
/// may be of an older version or in use.
[[nodiscard]] Result<OpenedStore> open_sqlite_copy(boost::asio::any_io_executor engine,
                                                   const std::string& path,
                                                   const std::vector<std::string_view>* steps = nullptr);

class Tables;

/// A store in memory with what `fill` puts into its tables.
[[nodiscard]] Result<OpenedStore> open_sqlite_filled(boost::asio::any_io_executor engine,
                                                     const std::function<Result<>(Tables&)>& fill);

} // namespace crier::store
