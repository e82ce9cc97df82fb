#pragma once

/// Where clocks are set an hour ahead in summer, by rules that have held for long.
namespace crier::kit {

enum class Summer {
    never,
    america,     ///< the United States and Canada
    europe,      ///< all of it at the same moment
    australia,   ///< its south
    new_zealand, ///< whose clocks are set forward a week earlier
};

/// A wall clock's time.
struct WallTime {
    int year = 0;
    int month = 1;
    int day = 1;
    int hour = 0;
    int minute = 0;
    int minutes_ahead = 0; ///< of UTC, of the zone's standard time
};

/// Whether it is summer time there. Of a time that clocks show twice the first one is meant; one that they
/// pass over is read as if they had not been set yet.
[[nodiscard]] bool is_summer(Summer rule, const WallTime& time);

} // namespace crier::kit
