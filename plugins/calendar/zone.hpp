#pragma once

#include "calendar/values.hpp"

#include <vector>

namespace crier::calendar {

/// How far clocks are ahead of UTC, and when that changes: a table.
class Zone {
public:
    struct Change {
        Instant at;
        std::chrono::seconds ahead; ///< from then on
    };

    /// UTC.
    Zone() = default;
    /// In any order; `before`: what holds before the first of them.
    Zone(std::chrono::seconds before, std::vector<Change> changes);

    [[nodiscard]] std::chrono::seconds ahead_at(Instant when) const;
    [[nodiscard]] Wall wall_of(Instant when) const;
    /// Of a time that clocks show twice the first; one that they pass over is read as if they had not been
    /// set yet (RFC 5545, 3.3.5).
    [[nodiscard]] Instant instant_of(Wall time) const;

private:
    std::chrono::seconds before_{};
    std::vector<Change> changes_;
};

} // namespace crier::calendar
