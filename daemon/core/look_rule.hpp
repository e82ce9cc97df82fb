#pragma once

#include "core/time.hpp"

#include <cstdint>
#include <optional>

namespace crier {

/// What a source says of when a look at it is worth its while (RSS 2.0: skipHours, skipDays, ttl; the
/// syndication module of RSS 1.0). It holds until the source says something else, also where nothing is new.
struct LookRule {
    Duration step{};              ///< between two looks, at least; zero: any
    std::optional<Instant> base;  ///< a moment that the steps count from; nothing: the look before
    std::uint32_t skip_hours = 0; ///< bit h: not from h:00 to h+1:00 UTC
    std::uint32_t skip_days = 0;  ///< bit d: not on that day in UTC; 0 is Sunday

    LookRule() = default;
    friend bool operator==(const LookRule&, const LookRule&) = default;
};

/// The first moment from `earliest` on at which a step ends. Steps of more than a day count as one of a day:
/// many a feed says "yearly" and means nothing by it.
[[nodiscard]] Instant next_step(const LookRule& rule, Instant now, Instant earliest);

/// `when`, or the next moment that is not skipped. A rule that skips everything means a look a day.
[[nodiscard]] Instant not_skipped(const LookRule& rule, Instant now, Instant when);

} // namespace crier
