#pragma once

#include "core/schedule/cron/cron.hpp"
#include "core/schedule/rrule/recurrence.hpp"
#include "core/schedule/spread.hpp"
#include "core/schedule/zone/zone.hpp"
#include "core/time.hpp"

#include <optional>
#include <variant>
#include <vector>

/// When an entry fires. Pure: a rule, a zone and a moment give the next one.
namespace crier::schedule {

/// Every `period` since the epoch, shifted by `offset` (stable: of the entry's name when none is given). By
/// elapsed time; but in steps of whole days by the zone's calendar, from its 1970-01-01 00:00 on, so that
/// 09:00 stays 09:00 over a change of daylight saving.
struct Every {
    Duration period{};
    Duration offset{};

    /// Whole days?
    [[nodiscard]] bool by_calendar() const { return period % std::chrono::hours{24} == Duration::zero(); }
};

/// These moments, ascending.
struct At {
    std::vector<Instant> instants;
};

using Rule = std::variant<Cron, Every, At, Spread, Recurrence>;

/// The first firing strictly after `after`, or nothing when there is none (for cron: within 41 years. 29
/// February on a given weekday comes round in 28, over the year 2100 in 40).
///
/// Daylight saving, in a zone that has it: a time of the local clock that is left out fires at the first
/// instant after the gap; one that comes twice fires at the first. Cron hours of `*` and `*/n` go by elapsed
/// time, so nothing is lost or bunched.
[[nodiscard]] std::optional<Instant> next_after(const Rule& rule, const Zone& zone, Instant after);

} // namespace crier::schedule
