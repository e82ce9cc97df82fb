#pragma once

#include "core/failure.hpp"
#include "core/schedule/zone.hpp"
#include "core/time.hpp"

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// When an entry fires. Pure: a rule, a zone and a moment give the next one.
namespace crier::schedule {

/// A cron expression as sets. Five fields (minute hour day month weekday), or six with seconds first; names
/// in any case; steps, ranges, lists; @hourly, @daily, @weekly, @monthly, @yearly.
///
/// Day rule of Vixie cron: when both day fields are restricted, either one matching is enough; a day field
/// that begins with `*` (also `*/2`) counts as unrestricted, and then both must match.
struct Cron {
    std::bitset<60> seconds;
    std::bitset<60> minutes;
    std::bitset<24> hours;
    std::bitset<32> days;    ///< 1 to 31
    std::bitset<13> months;  ///< 1 to 12
    std::bitset<7> weekdays; ///< 0 is Sunday
    bool days_star = false;
    bool weekdays_star = false;
    bool hours_star = false; ///< `*` or `*/n`: goes by elapsed time over a daylight-saving change
    std::string text;        ///< as written

    /// The failure's message names the field and the part of it that is wrong, and what may stand there.
    [[nodiscard]] static Result<Cron> parse(std::string_view text);
};

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
