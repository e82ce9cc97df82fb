#pragma once

#include "calendar/zone.hpp"

#include <optional>
#include <string_view>

namespace crier::calendar {

/// Reads a file of the zone database (RFC 8536). What its last line says of all years to come is written out
/// for those up to `last_year`. Nothing: it is no such file.
[[nodiscard]] std::optional<Zone> read_zone_file(std::string_view bytes, std::chrono::year last_year);

/// The system's zone of that name ("Europe/Berlin"). It is read anew each time: who updates the database
/// need not start crier again.
[[nodiscard]] std::optional<Zone> system_zone(std::string_view name, std::chrono::year last_year);

} // namespace crier::calendar
