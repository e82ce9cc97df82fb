#pragma once

#include "ports/store.hpp"

#include <cstdint>
#include <string>

namespace crier::store {

/// Which of the store's tables are read.
struct ReadWhat {
    bool seen = true; ///< what keeps anything from being posted twice: items, stories, progress, draws, keys
    bool outbox = true; ///< posts, with their attempts and what is still to be done with them
};

/// What goes along with a post.
struct WholePost {
    Post post;
    std::vector<Attempt> attempts;
    std::optional<Amendment> amendment; ///< that is still to be made
};

/// Is shown one row after another; a failure ends the reading. The states come first, all at once: they are
/// what the daemon holds in memory, too. Subscriptions are not among them, for they have secrets.
class RowReader {
public:
    virtual ~RowReader() = default;
    [[nodiscard]] virtual Result<> states(const States& states) = 0;
    [[nodiscard]] virtual Result<> row(const SeenItem& item) = 0;
    [[nodiscard]] virtual Result<> row(const Story& story) = 0;
    [[nodiscard]] virtual Result<> row(const Tombstone& tombstone) = 0;
    [[nodiscard]] virtual Result<> row(const WholePost& post) = 0; ///< in the order of their numbers
};

/// Reads a store from end to end, beside its daemon or without one, as it was at one moment. One row at a
/// time is in memory. The daemon writes on meanwhile; what it writes is not seen.
///
/// Thread: blocks the caller's. Errors: those of open_sqlite with `read_only`; the reader's own.
[[nodiscard]] Result<> read_sqlite(const std::string& path, ReadWhat what, RowReader& reader);

class Connection;

/// The same of one that is open, whose tables are as they should be. Its transaction stays open.
[[nodiscard]] Result<> read_all(Connection& database, ReadWhat what, RowReader& reader);

} // namespace crier::store
