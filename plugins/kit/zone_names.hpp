#pragma once

#include "kit/summer_time.hpp"

#include <optional>
#include <string_view>

namespace crier::kit {

/// What a zone's name says.
struct ZoneRule {
    int minutes = 0; ///< ahead of UTC, of standard time
    Summer summer = Summer::never;
    int since = 0; ///< the first year of which that is true
};

/// A zone by its abbreviation ("cest", "et"), its name in the database of zones ("america/new_york") or in
/// English ("eastern standard time"), in lower case. Nothing: it is not known, or others are called so, too.
[[nodiscard]] std::optional<ZoneRule> zone_by_name(std::string_view name);

/// Whether zones far from each other are called so.
[[nodiscard]] bool is_ambiguous_zone(std::string_view name);

} // namespace crier::kit
