#pragma once

#include "core/failure.hpp"
#include "core/text/template.hpp"
#include "core/time.hpp"

#include <chrono>
#include <optional>
#include <string_view>

namespace crier::text {

/// How far the filter `add` moves a moment: first the months by the calendar, then the days, then what
/// elapses.
struct Span {
    std::chrono::months months{};
    std::chrono::days days{};
    Duration elapsed{};
};

/// Reads what parse_duration() reads, "1y" and "6mo", sums of all these, and a minus before the whole. Weeks
/// and days are days of the calendar. A failure is Cause::config, with a hint; longer than a thousand years
/// is one.
[[nodiscard]] Result<Span> read_span(std::string_view text);

/// The months and days keep the time of day, over changes of the clocks too; where a change leaves it out,
/// the first moment after the gap. A day that the month does not have is its last. Nothing for a moment out
/// of reach (in_reach() of days.hpp).
[[nodiscard]] std::optional<Moment> moved(const Moment& moment, const Span& span);

} // namespace crier::text
