#pragma once

#include <chrono>
#include <string>

namespace crier::schedule {

/// A stretch of time over which a zone keeps one offset; neighbours may have the same one.
struct Period {
    std::chrono::sys_seconds begin{};
    std::chrono::sys_seconds end{}; ///< not in it
    std::chrono::seconds offset{};  ///< to add to UTC
};

/// Where the calendar begins and ends for zones: within it all sums fit, also in microseconds.
inline constexpr std::chrono::sys_seconds first_moment =
    std::chrono::sys_days{std::chrono::year{-9999} / 1 / 1};
inline constexpr std::chrono::sys_seconds last_moment =
    std::chrono::sys_days{std::chrono::year{9999} / 12 / 31};

/// One way in which a zone sets its clocks: "CET", an hour before UTC.
struct ClockSetting {
    std::chrono::seconds offset{}; ///< to add to UTC; more than -25 h, less than 26 h
    std::string abbreviation;

    friend bool operator==(const ClockSetting&, const ClockSetting&) = default;
};

} // namespace crier::schedule
