#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace crier {

using Duration = std::chrono::microseconds;

/// A moment by the wall clock, in UTC. What is due, and what the store keeps, goes by it.
using Instant = std::chrono::sys_time<Duration>;

/// The clock that waits and deadlines go by: never set back, and counting while the machine sleeps
/// (CLOCK_BOOTTIME). It has no epoch: a Mono means nothing to another boot, and is only ever stored beside
/// Clock::boot().
struct MonoClock {
    using duration = Duration;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<MonoClock>;
    static constexpr bool is_steady = true;
};
using Mono = MonoClock::time_point;

/// RFC 3339 in UTC, "2026-11-24T09:00:00Z"; fractions only when there are any.
[[nodiscard]] std::string to_rfc3339(Instant when);

/// Reads RFC 3339 with any offset ("Z", "+01:00"); a blank may stand for the T. Nothing for anything else.
[[nodiscard]] std::optional<Instant> from_rfc3339(std::string_view text);

/// Reads the date of an HTTP header, "Tue, 24 Nov 2026 09:00:00 GMT" (RFC 9110, IMF-fixdate); nothing for
/// anything else.
[[nodiscard]] std::optional<Instant> from_http_date(std::string_view text);

/// Reads "90s", "15m", "2h", "7d", "1w", "250ms" and sums of them ("1h30m"); nothing for anything else.
[[nodiscard]] std::optional<Duration> parse_duration(std::string_view text);

/// A moment as people write it: RFC 3339, "now", or how long before `now` or after it ("2h"); nothing for
/// anything else.
[[nodiscard]] std::optional<Instant> parse_past(std::string_view text, Instant now);
[[nodiscard]] std::optional<Instant> parse_ahead(std::string_view text, Instant now);

/// The shortest exact form that parse_duration() reads: "90s" is "1m30s", zero is "0s".
[[nodiscard]] std::string to_text(Duration duration);

} // namespace crier
