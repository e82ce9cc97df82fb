#pragma once

#include "core/item.hpp"
#include "core/time.hpp"

#include <optional>
#include <vector>

namespace crier {

/// How often something new comes from a source, as far as its items' dates tell.
struct Rhythm {
    std::optional<Instant> newest; ///< nothing: the items do not tell
    Duration gap{};                ///< between two of its newest items, on average

    Rhythm() = default;
    friend bool operator==(const Rhythm&, const Rhythm&) = default;
};

/// Of what a look showed. Dates to come say nothing; one date alone is no rhythm.
[[nodiscard]] Rhythm rhythm_of(const std::vector<Item>& items, Instant now);

/// How long until the next look: an eighth of the time in which something new is to be expected, which is
/// longer the longer nothing came. Without a rhythm, `least`.
[[nodiscard]] Duration look_interval(const Rhythm& rhythm, Duration least, Duration most, Instant now);

} // namespace crier
