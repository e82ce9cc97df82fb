#pragma once

#include "core/schedule/rrule/rrule.hpp"

#include <optional>
#include <span>

namespace crier::schedule {

/// All hours with all minutes with all seconds, ascending, without writing them out: there may be 86,400.
/// None of the lists is empty.
struct DayTimes {
    std::span<const int> hours;
    std::span<const int> minutes;
    std::span<const int> seconds;

    [[nodiscard]] std::size_t size() const { return hours.size() * minutes.size() * seconds.size(); }
    [[nodiscard]] std::chrono::seconds operator[](std::size_t i) const;
};

/// What one period of a rule gives: each of its days (ascending) at each of the times; with positions
/// (BYSETPOS) only those of all.
struct Instances {
    std::span<const std::chrono::local_days> days;
    DayTimes times;
    std::span<const int> positions;

    [[nodiscard]] std::optional<LocalTime> at_or_after(LocalTime from) const;

private:
    [[nodiscard]] LocalTime operator[](int i) const;
};

} // namespace crier::schedule
