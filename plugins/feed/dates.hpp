#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace crier::feed {

/// A date as feeds write it, as microseconds since the epoch: RFC 822 with its usual mistakes (two-digit
/// years, no seconds, full month names, US order, asctime), RFC 3339 and W3C-DTF down to a year.
///
/// - The weekday is not looked at: it says nothing that the date does not.
/// - Without a zone, or with a name that nobody knows, it is UTC (RFC 2822, 4.3).
/// - What is not understood whole is no date rather than a wrong one: months in other languages, 11/12/2026,
/// times
///   that do not exist, something behind it.
/// - Years before 1971 and from 2200 on are clocks that nobody set: no date.
[[nodiscard]] std::optional<std::int64_t> parse_date(std::string_view text);

} // namespace crier::feed
