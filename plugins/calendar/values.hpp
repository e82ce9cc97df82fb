#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Values of properties (RFC 5545, 3.3).
namespace crier::calendar {

/// What clocks on a wall show.
using Wall = std::chrono::local_seconds;
using Instant = std::chrono::sys_seconds;

/// A time as it is written. Those of the years 1601 to 2500 are read.
struct When {
    enum class Kind { date, floating, zoned, utc };

    Wall wall; ///< of a date its midnight
    Kind kind = Kind::floating;
    std::string zone; ///< the TZID of Kind::zoned
};

/// "20261201", "20261201T090000", "20261201T090000Z". `zone`: the property's TZID.
[[nodiscard]] std::optional<When> read_when(std::string_view value, const std::string& zone);

/// Whole days go by the calendar, over a change of the clocks too; the rest goes by the watch.
struct Span {
    std::chrono::days days{};
    std::chrono::seconds rest{};
};

/// "P1DT2H30M", "-PT15M", "P2W"; up to 100 years.
[[nodiscard]] std::optional<Span> read_span(std::string_view value);

/// "+0130", "-033000".
[[nodiscard]] std::optional<std::chrono::seconds> read_offset(std::string_view value);

/// Text with its backslashes read.
[[nodiscard]] std::string unescaped(std::string_view value);

/// The parts between separators that no backslash stands before, as they are written.
[[nodiscard]] std::vector<std::string_view> listed(std::string_view value, char separator = ',');

} // namespace crier::calendar
