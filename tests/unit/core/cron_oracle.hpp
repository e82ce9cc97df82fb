#pragma once

#include "core/schedule/zone/zone.hpp"
#include "cron_expressions.hpp"

#include <map>
#include <vector>

/// When a cron expression fires, by looking at each day and at each minute of a day on which it may.
namespace crier::schedule {

/// What a clock on the wall makes of one minute of UTC.
struct WallMinute {
    enum class Kind {
        shown,   ///< the clock shows it: counts for hours that go by elapsed time
        first,   ///< the clock shows it for the first time: counts for fixed hours
        skipped, ///< a time left out, which fixed hours make up for at the end of the gap
        carried, ///< a time left out, as the old clock would have shown it: counts for elapsed time
    };
    Kind kind;
    std::chrono::sys_seconds when;
    LocalTime local;
};

/// How far to look at most; whichever comes first.
struct Budget {
    std::chrono::days days;
    std::size_t minutes;
    std::size_t firings;
};

struct Looked {
    std::vector<std::chrono::sys_seconds> firings; ///< ascending
    std::chrono::sys_days until;                   ///< all before it are there
};

class Oracle {
public:
    /// Of `zone`, from one day to another (not in it).
    Oracle(Zone zone, std::chrono::sys_days from, std::chrono::sys_days to);

    [[nodiscard]] Looked look(const Expression& expression, std::chrono::sys_days from, const Budget& budget);

    /// The moments at which the clocks are set.
    [[nodiscard]] const std::vector<std::chrono::sys_seconds>& changes() const { return changes_; }

private:
    /// The minutes of all days near the changes around `day`; empty when the clock only goes on on this day.
    const std::vector<WallMinute>& changing(std::chrono::sys_days day);

    Zone zone_;
    std::chrono::sys_days from_;
    std::chrono::sys_days to_;
    std::vector<std::chrono::sys_seconds> changes_;
    std::map<std::chrono::sys_days, std::vector<WallMinute>> near_changes_; ///< filled when asked for
};

} // namespace crier::schedule
