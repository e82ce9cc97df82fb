#include "core/schedule/zone/rule.hpp"

#include <algorithm>

namespace crier::schedule {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year;

sys_days day_in(year in, const YearlyMoment& moment) {
    switch (moment.form) {
    case YearlyMoment::Form::julian: {
        const bool after_leap_day = in.is_leap() && moment.day > 31 + 28;
        return sys_days{in / 1 / 1} + days{moment.day - 1 + (after_leap_day ? 1 : 0)};
    }
    case YearlyMoment::Form::count:
        return sys_days{in / 1 / 1} + days{moment.day};
    case YearlyMoment::Form::weekday:
        break;
    }
    const std::chrono::weekday day{static_cast<unsigned>(moment.day)};
    const auto month = in / std::chrono::month{moment.month};
    return moment.week == 5 ? sys_days{month / day[std::chrono::last]} : sys_days{month / day[moment.week]};
}

/// What the rule says of a moment.
struct InForce {
    bool daylight = false;
    sys_seconds begin = sys_seconds::min();
    sys_seconds end = sys_seconds::max();
};

/// Looks at the years before and after as well: a time of 167 hours, or of -167, moves a change into them.
InForce in_force(const ZoneRule& rule, const ZoneRule::Daylight& daylight, sys_seconds when) {
    InForce found;
    const auto look_at = [&](sys_seconds change, bool to_daylight) {
        if (change > when)
            found.end = std::min(found.end, change);
        else if (change >= found.begin) {
            found.begin = change;
            found.daylight = to_daylight;
        }
    };
    const year middle = std::chrono::year_month_day{std::chrono::floor<days>(when)}.year();
    for (year in = middle - std::chrono::years{1}; in <= middle + std::chrono::years{1}; ++in) {
        // Summer time all the year is written as one that begins when it ends: the begin has the last word.
        look_at(day_in(in, daylight.end) + daylight.end.time - daylight.setting.offset, false);
        look_at(day_in(in, daylight.begin) + daylight.begin.time - rule.standard.offset, true);
    }
    return found;
}

} // namespace

const ClockSetting& ZoneRule::setting(sys_seconds when) const {
    return daylight && in_force(*this, *daylight, when).daylight ? daylight->setting : standard;
}

Period ZoneRule::period(sys_seconds when) const {
    if (!daylight)
        return {first_moment, last_moment, standard.offset};
    const InForce found = in_force(*this, *daylight, when);
    return {found.begin, found.end, found.daylight ? daylight->setting.offset : standard.offset};
}

} // namespace crier::schedule
