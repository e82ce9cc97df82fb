#pragma once

#include "core/failure.hpp"
#include "core/item.hpp"
#include "core/time.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace crier {

/// What a look at a source gave.
struct SourceYield {
    bool unchanged = false;  ///< nothing new by the source's own word (304, same bytes): no items below
    std::vector<Item> items; ///< newest first where the source has an order
    std::string cursor;      ///< opaque; handed back at the next look
    std::vector<std::string> warnings; ///< e.g. what of the XML was broken
    std::optional<Duration> wait;      ///< do not look again sooner (Retry-After, ttl, max-age)
    std::string moved_to;              ///< the source has moved for good
    bool gone = false;                 ///< 410: do not look again
    std::optional<Failure> trouble;    ///< it answered, and not with what was looked for; `wait` still counts

    SourceYield() = default;
};

/// A configured instance of a plugin.
///
/// Thread: the engine's. One call at a time.
/// Errors: as values, with the address and what to do; `cursor` is then unchanged.
/// Cancellation: terminal.
class Source {
public:
    virtual ~Source() = default;
    [[nodiscard]] virtual boost::asio::awaitable<Result<SourceYield>> poll(std::string cursor) = 0;
};

} // namespace crier
