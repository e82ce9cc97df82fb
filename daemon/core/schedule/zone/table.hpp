#pragma once

#include "core/schedule/period.hpp"
#include "core/schedule/zone/rule.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace crier::schedule {

/// What the clocks of a zone showed and will show: a list of changes, then a rule. A value; look-ups allocate
/// nothing.
struct ZoneTable {
    /// From here to the next one's begin the clocks are set alike.
    struct Era {
        std::chrono::sys_seconds begin{};
        std::uint8_t setting = 0; ///< index into `settings`

        friend bool operator==(const Era&, const Era&) = default;
    };
    std::vector<ClockSetting> settings; ///< 256 at most
    /// Ascending; the first begins at sys_seconds::min(), so there is one at least; the last before
    /// last_moment.
    std::vector<Era> eras;
    std::optional<ZoneRule> rule; ///< holds from the last era's begin on, instead of that era's setting

    [[nodiscard]] const ClockSetting& setting(std::chrono::sys_seconds when) const;
    /// Goes over changes that leave the offset alone, so it is as long as the list can tell. Within
    /// first_moment and last_moment; a moment beyond them has the first or last period.
    [[nodiscard]] Period period(std::chrono::sys_seconds when) const;

    friend bool operator==(const ZoneTable&, const ZoneTable&) = default;

private:
    [[nodiscard]] std::size_t era_of(std::chrono::sys_seconds when) const;
    [[nodiscard]] Period within_era(std::size_t era, std::chrono::sys_seconds when) const;
};

} // namespace crier::schedule
