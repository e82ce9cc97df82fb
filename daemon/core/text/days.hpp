#pragma once

#include "core/failure.hpp"
#include "core/schedule/zone/zone.hpp"

#include <chrono>
#include <optional>
#include <string_view>

/// Days as people write them in templates, and what lies between two of them.
namespace crier::text {

/// A day of one year, or of every year.
struct GivenDay {
    std::optional<std::chrono::year> year;
    std::chrono::month_day day;
};

/// Reads "2027-01-01", or "01-01" for every year. A failure is Cause::config, with a hint.
[[nodiscard]] Result<GivenDay> read_day(std::string_view text);

/// Reads "2027-01-01 09:00"; "2027-01-01" is its midnight. A failure is Cause::config, with a hint.
[[nodiscard]] Result<schedule::LocalTime> read_local(std::string_view text);

/// Whether the calendar is dependable there: in the years 1 to 9000. read_day() and read_local() give no
/// other.
[[nodiscard]] bool in_reach(std::chrono::local_days day) noexcept;

/// A day of every year: the first that is not before `today`. A day of one year: it, even when it is past.
/// In a year without 29 February, 1 March stands for it.
[[nodiscard]] std::chrono::local_days day_ahead(const GivenDay& given,
                                                std::chrono::local_days today) noexcept;
/// The same, backwards: the last that is not after `today`.
[[nodiscard]] std::chrono::local_days day_behind(const GivenDay& given,
                                                 std::chrono::local_days today) noexcept;

/// Completed months; negative when `to` lies before `from`. In a month that is too short, the first of the
/// next completes it: someone born on 29 February turns a year older on 1 March.
[[nodiscard]] int months_between(std::chrono::local_days from, std::chrono::local_days to) noexcept;

} // namespace crier::text
