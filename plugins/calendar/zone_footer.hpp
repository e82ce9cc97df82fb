#pragma once

#include "calendar/zone.hpp"

#include <string_view>

namespace crier::calendar {

/// Appends to the changes of a zone file what its last line ("CET-1CEST,M3.5.0,M10.5.0/3") says of the years
/// after them, up to and with `last_year`. A line that is not understood says nothing.
void append_footer(std::string_view footer, std::chrono::year last_year, std::vector<Zone::Change>& changes);

} // namespace crier::calendar
