#pragma once

#include "core/schedule/cron.hpp"
#include "core/schedule/zone.hpp"
#include "core/time.hpp"

#include <optional>
#include <variant>
#include <vector>

/// When an entry fires. Pure: a rule, a zone and a moment give the next one.
namespace crier::schedule {

/// Every `period` since the epoch, shifted by `offset` (stable: of the entry's name when none is given).
struct Every {
    Duration period{};
    Duration offset{};
};

/// These moments, ascending.
struct At {
    std::vector<Instant> instants;
};

using Rule = std::variant<Cron, Every, At>;

/// The first firing strictly after `after`, or nothing when there is none (within 30 years for cron: 29
/// February on a given weekday comes round in 28).
///
/// Daylight saving (cron in a zone that has it): a fixed hour that falls into a gap fires once at the gap's
/// end; one that occurs twice fires at the first; `*` and `*/n` hours go by elapsed time, so nothing is lost
/// or bunched.
[[nodiscard]] std::optional<Instant> next_after(const Rule& rule, const Zone& zone, Instant after);

/// The last firing at or before `at`, strictly after `since`; nothing when there is none. Costs a search from
/// `since` at worst.
[[nodiscard]] std::optional<Instant> last_until(const Rule& rule, const Zone& zone, Instant since,
                                                Instant at);

} // namespace crier::schedule
