#pragma once

#include "calendar/values.hpp"

namespace crier::calendar {

/// How long before an event; below zero: after it.
struct Lead {
    Span span;

    /// The same for the same lead, however it was written: "1d12h", "-10m", "0".
    [[nodiscard]] std::string text() const;
    [[nodiscard]] bool is_after() const { return span.days + span.rest < std::chrono::seconds{0}; }
};

/// Reads "30m", "2h", "1d", "1w", sums such as "1d12h", "0", and with a minus "-10m"; up to a year.
[[nodiscard]] std::optional<Lead> read_lead(std::string_view text);

} // namespace crier::calendar
