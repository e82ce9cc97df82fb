#pragma once

#include "core/schedule/zone/zone.hpp"

#include <optional>
#include <string>

namespace crier::schedule {

/// So many times a day between two times of the local clock.
struct Spread {
    int posts = 1; ///< each day
    std::chrono::minutes from{};
    std::chrono::minutes to{}; ///< not after `from`: of the next day
    bool random =
        false;        ///< each at a moment of its own in its share of the time; else evenly, both ends in it
    std::string seed; ///< of chance: the entry's name

    [[nodiscard]] std::chrono::minutes length() const;
};

/// The first firing strictly after `after`.
[[nodiscard]] std::optional<Instant> spread_after(const Spread& spread, const Zone& zone, Instant after);

} // namespace crier::schedule
