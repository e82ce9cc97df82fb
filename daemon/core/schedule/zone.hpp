#pragma once

#include "core/failure.hpp"
#include "core/time.hpp"

#include <string>
#include <string_view>

namespace crier::schedule {

/// Local time without a zone: what a wall clock shows.
using LocalTime = std::chrono::local_time<std::chrono::seconds>;

/// How a local time lies in a zone.
struct LocalInfo {
    enum class Kind { unique, gap, overlap };
    Kind kind = Kind::unique;
    Instant first{};  ///< unique: the instant; overlap: the earlier one; gap: the first instant after the gap
    Instant second{}; ///< overlap: the later one; otherwise the same as `first`
};

/// A stretch of time over which a zone keeps one offset; neighbours may have the same one.
struct Period {
    std::chrono::sys_seconds begin{};
    std::chrono::sys_seconds end{}; ///< not in it
    std::chrono::seconds offset{};  ///< to add to UTC
};

/// A time zone of the system's IANA database, by name; a pointer into a table that is loaded at the first
/// call of find() for a zone other than UTC and lives as long as the program.
///
/// Thread: any.
class Zone {
public:
    Zone() = default; ///< UTC

    /// The failure names the nearest known zone.
    [[nodiscard]] static Result<Zone> find(std::string_view name);

    /// For a name that the loader has checked: a zone that has vanished from the system since is UTC.
    [[nodiscard]] static Zone find_or_utc(std::string_view name);

    [[nodiscard]] LocalTime to_local(Instant when) const;
    [[nodiscard]] LocalInfo to_instant(LocalTime local) const;
    /// "CET", "UTC", "-03": as the zone calls itself then.
    [[nodiscard]] std::string abbreviation(Instant when) const;
    /// Seconds to add to UTC.
    [[nodiscard]] std::chrono::seconds offset(Instant when) const;
    [[nodiscard]] Period period(std::chrono::sys_seconds when) const;
    [[nodiscard]] std::string_view name() const noexcept;

private:
    const void* zone_ = nullptr; // date::time_zone; null is UTC
};

} // namespace crier::schedule
