#pragma once

#include "core/failure.hpp"
#include "core/time.hpp"
#include "store/postgres_handle.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace crier::store {

/// Where several stashes have what they keep in common, by the base names of their files: what is kept on one
/// machine is there for another that comes to need it.
///
/// Thread: one at a time, which may wait (a stash's own).
/// Errors: temporary, where it cannot be reached for now; others as it says them.
class MediaVault {
public:
    virtual ~MediaVault() = default;

    /// All of an open file, under a name that has none yet. False: it had one, which stays as it is.
    [[nodiscard]] virtual Result<bool> put(const std::string& name, int file) = 0;

    /// Makes an open file's bytes those of the name. False: there is no such name, and the file is as it was.
    [[nodiscard]] virtual Result<bool> get(const std::string& name, int file) = 0;

    /// The name that is `stem` with an extension; empty: there is none.
    [[nodiscard]] virtual Result<std::string> find(const std::string& stem) = 0;

    [[nodiscard]] virtual Result<> forget(const std::string& name) = 0;

    struct Entry {
        std::string name;
        Instant since{}; ///< by the vault's clock
        std::uint64_t bytes = 0;

        Entry() = default;
    };
    [[nodiscard]] virtual Result<std::vector<Entry>> all() = 0;
};

/// In the table `media` of a store that open_postgres() has opened, on a connection of its own, which is made
/// when it is first needed. A file goes and comes in pieces, so that its size is no matter of memory. While
/// there is no connection, one is tried for every other second, and what is asked between fails at once.
[[nodiscard]] std::unique_ptr<MediaVault> make_postgres_vault(PostgresTarget target);

} // namespace crier::store
