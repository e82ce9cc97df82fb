#include "core/schedule/zone/table.hpp"

#include <algorithm>

namespace crier::schedule {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

sys_seconds in_calendar(sys_seconds when) {
    return std::clamp(when, first_moment, last_moment - seconds{1});
}

} // namespace

std::size_t ZoneTable::era_of(sys_seconds when) const {
    const auto after =
        std::upper_bound(eras.begin() + 1, eras.end(), when,
                         [](sys_seconds moment, const Era& era) { return moment < era.begin; });
    return static_cast<std::size_t>(after - eras.begin()) - 1;
}

const ClockSetting& ZoneTable::setting(sys_seconds when) const {
    when = in_calendar(when);
    const std::size_t era = era_of(when);
    return rule && era + 1 == eras.size() ? rule->setting(when) : settings[eras[era].setting];
}

/// The part of an era around a moment of it that has one offset: all of it, but for the rule's.
Period ZoneTable::within_era(std::size_t era, sys_seconds when) const {
    const Era& found = eras[era];
    if (era + 1 < eras.size())
        return {found.begin, eras[era + 1].begin, settings[found.setting].offset};
    if (!rule)
        return {found.begin, last_moment, settings[found.setting].offset};
    Period period = rule->period(when);
    period.begin = std::max(period.begin, found.begin);
    return period;
}

Period ZoneTable::period(sys_seconds when) const {
    when = in_calendar(when);
    const std::size_t era = era_of(when);
    Period found = within_era(era, when);
    for (std::size_t at = era; at > 0 && found.begin == eras[at].begin; --at) {
        if (settings[eras[at - 1].setting].offset != found.offset)
            break;
        found.begin = eras[at - 1].begin;
    }
    for (std::size_t at = era + 1; at < eras.size(); ++at) {
        const Period next = within_era(at, eras[at].begin);
        if (next.offset != found.offset)
            break;
        found.end = next.end;
    }
    found.begin = std::max(found.begin, first_moment);
    found.end = std::min(found.end, last_moment);
    return found;
}

} // namespace crier::schedule
