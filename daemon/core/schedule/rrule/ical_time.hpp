#pragma once

#include "core/schedule/zone/zone.hpp"

#include <optional>
#include <string_view>

namespace crier::schedule {

/// "19970902T090000", "19970902T130000Z" or "19970902" (RFC 5545, 3.3.4 and 3.3.5).
struct IcalTime {
    LocalTime time; ///< of a date its 00:00
    bool utc = false;
    bool date = false;

    /// Nothing for anything else, for a day that does not exist, and for years outside 1600 to 2500.
    [[nodiscard]] static std::optional<IcalTime> parse(std::string_view text);
};

} // namespace crier::schedule
