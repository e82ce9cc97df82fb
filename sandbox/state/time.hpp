#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace crier::sandbox {

using Time = std::chrono::time_point<std::chrono::system_clock, std::chrono::microseconds>;

[[nodiscard]] Time system_now();

[[nodiscard]] std::int64_t unix_seconds(Time time);

/// "2026-01-05T12:05:00.123Z", or without the fraction (digits 0), or with six digits.
[[nodiscard]] std::string rfc3339(Time time, int digits = 3);

/// "2026-01-05T12:05:00Z" with any fraction and offset; also "2026-01-05 12:05:00" and without seconds, in
/// UTC.
[[nodiscard]] std::optional<Time> parse_rfc3339(std::string_view text);

/// "Mon, 05 Jan 2026 12:05:00 GMT".
[[nodiscard]] std::string http_date(Time time);

/// "20s", "5m", "2h", "1d", or a bare number of seconds; nothing when it is something else or not above zero.
[[nodiscard]] std::optional<std::chrono::seconds> parse_duration(std::string_view text);

/// The server's clock: the machine's, moved by whoever controls the sandbox.
class Clock {
public:
    [[nodiscard]] Time at(Time machine) const { return machine + offset_; }
    void advance(std::chrono::microseconds by) { offset_ += by; }
    void set(Time to, Time machine) { offset_ = to - machine; }
    void reset() { offset_ = {}; }

private:
    std::chrono::microseconds offset_{0};
};

} // namespace crier::sandbox
