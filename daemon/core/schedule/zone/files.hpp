#pragma once

#include "core/failure.hpp"
#include "core/schedule/zone/table.hpp"

#include <string>
#include <string_view>
#include <vector>

/// The files of the IANA time zone database: $TZDIR if that is an absolute path, otherwise
/// /usr/share/zoneinfo.
///
/// Thread: any, as long as nobody changes the environment.
namespace crier::schedule {

/// Reads the file of one zone, and no other. Names are those of the database and its links, in its spelling.
/// Causes: not_found, when there is no such zone; unsupported, when there is no database; corrupt.
[[nodiscard]] Result<ZoneTable> read_zone(std::string_view name);

/// The names of all zones. Looks into every file: for messages.
[[nodiscard]] std::vector<std::string> zone_names();

} // namespace crier::schedule
