#pragma once

#include "core/failure.hpp"
#include "core/schedule/period.hpp"
#include "core/time.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace crier::schedule {

struct ZoneSlot;
struct ZoneTable;

/// Local time without a zone: what a wall clock shows.
using LocalTime = std::chrono::local_time<std::chrono::seconds>;

/// How a local time lies in a zone.
struct LocalInfo {
    enum class Kind { unique, gap, overlap };
    Kind kind = Kind::unique;
    Instant first{};  ///< unique: the instant; overlap: the earlier one; gap: the first instant after the gap
    Instant second{}; ///< overlap: the later one; otherwise the same as `first`
};

/// What Zone::reload() found.
struct ReloadedZones {
    std::vector<std::string> changed; ///< names, sorted
    std::vector<Failure> failures;    ///< of zones that stay as they were, in the order of their names
};

/// A time zone of the system's IANA database, by name. A pointer: all values with one name see the same
/// table, which reload() replaces in all of them at once. A zone's file is read when the zone is first asked
/// for.
///
/// Thread: any. What is asked of a value takes no lock and, but for abbreviation(), no memory.
class Zone {
public:
    Zone() = default; ///< UTC

    /// The failure names the nearest known zone.
    [[nodiscard]] static Result<Zone> find(std::string_view name);

    /// For a name that the loader has checked: a zone that has vanished from the system since is UTC, unless
    /// it was found before.
    [[nodiscard]] static Zone find_or_utc(std::string_view name);

    /// Reads the files of all zones that were found so far once more, after an update of tzdata. Two calls of
    /// one value may see a table each, so what was computed from one and is kept becomes stale: `changed`
    /// says for which zones.
    [[nodiscard]] static ReloadedZones reload();

    [[nodiscard]] LocalTime to_local(Instant when) const;
    [[nodiscard]] LocalInfo to_instant(LocalTime local) const;
    /// "CET", "UTC", "-03": as the zone calls itself then.
    [[nodiscard]] std::string abbreviation(Instant when) const;
    /// Seconds to add to UTC.
    [[nodiscard]] std::chrono::seconds offset(Instant when) const;
    [[nodiscard]] Period period(std::chrono::sys_seconds when) const;
    [[nodiscard]] std::string_view name() const noexcept;

private:
    [[nodiscard]] const ZoneTable& table() const noexcept;

    const ZoneSlot* slot_ = nullptr; // lives as long as the program; null is UTC
};

} // namespace crier::schedule
