#pragma once

#include "calendar/document.hpp"
#include "calendar/steps.hpp"
#include "calendar/zone.hpp"

namespace crier::calendar {

/// A zone as a calendar itself says it, written out up to `last_year`. Nothing: there is nothing in it.
[[nodiscard]] std::optional<Zone> made_of(const ZoneText& text, std::chrono::year last_year, Steps& steps,
                                          Warnings& warnings);

} // namespace crier::calendar
