#pragma once

#include "core/failure.hpp"
#include "core/item.hpp"
#include "core/look_rule.hpp"
#include "core/rhythm.hpp"
#include "core/subscription.hpp"
#include "core/time.hpp"
#include "ports/hearing.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace crier {

/// What became of an item's posts: all of them are at their end.
struct Fate {
    std::string id;         ///< the item's
    bool published = false; ///< on every account that it was meant for
    std::string words;      ///< the status's address, a line each; else why not
    Instant at{};           ///< when that was

    Fate() = default;
};

/// What a look at a source gave.
struct SourceYield {
    bool unchanged = false;  ///< nothing new by the source's own word (304, same bytes): no items below
    std::vector<Item> items; ///< newest first where the source has an order
    std::string cursor;      ///< opaque; handed back at the next look
    std::vector<std::string> warnings; ///< e.g. what of the XML was broken
    std::optional<Duration> wait;      ///< do not look again sooner this time (Retry-After, max-age)
    LookRule rule;                     ///< what it says of when to look, now or at an earlier look
    Rhythm rhythm;                     ///< how often something new comes of it, likewise
    Hub hub;                           ///< that pushes what changes in it, likewise
    std::optional<Duration> again;     ///< look again then, even if that is sooner than usual
    std::string moved_to;              ///< the source has moved for good
    bool gone = false;                 ///< 410: do not look again
    std::vector<Fate> rejected;        ///< what is no item, and why: for a source that is told of fates
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

    /// What was sent to it is read as a look is: of a source that hears what others send, of one that is
    /// looked at what a hub pushes.
    [[nodiscard]] virtual boost::asio::awaitable<Result<SourceYield>> hear(Heard heard, std::string cursor);

    /// Whether page() has something to say.
    [[nodiscard]] virtual bool reads_pages() const noexcept { return false; }
    /// What the web page that an item links to says of it, as an item of its own: a summary, media.
    [[nodiscard]] virtual boost::asio::awaitable<Result<Item>> page(std::string link);

    /// Of a source that moves its files (moves_files()). Told again until it has gone well; of an item that
    /// it does not have (any more), nothing happens.
    [[nodiscard]] virtual boost::asio::awaitable<Result<>> settle(Fate fate);

    /// `changed` is called, on the engine's thread, when there may be something new before the next look.
    virtual void watch(std::function<void()> changed) { (void)changed; }
};

} // namespace crier
