#pragma once

#include "sdk/crier_plugin.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace crier::feed {

/// The entries that a feed says were deleted (RFC 6721: at:deleted-entry).
///
/// They may stand before the entries that they are about or behind them, so they are read first.
class Tombstones {
public:
    /// Of a document in UTF-8. One that has none costs a search for their name.
    [[nodiscard]] static Tombstones in(std::string_view document);

    /// Whether this item, which stands in the same document, was deleted: the later word counts.
    [[nodiscard]] bool buries(const sdk::Item& item);

    /// Hands the others on as taken back.
    void report(sdk::Sink& sink) const;

private:
    struct Grave {
        std::optional<std::int64_t> when; ///< the last one, in microseconds since the epoch
        bool open = false;                ///< what lay in it was published again
    };
    class Reader;

    std::map<std::string, Grave> graves_; ///< by the entry's id: strangers choose them
};

} // namespace crier::feed
