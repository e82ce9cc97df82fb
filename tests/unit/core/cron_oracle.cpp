#include "cron_oracle.hpp"

#include <algorithm>

namespace crier::schedule {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::floor;
using std::chrono::local_days;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;

constexpr int day_minutes = 1440;

/// What an expression means, prepared for many looks.
class Meaning {
public:
    Meaning(const Expression& expression, local_days first, days count)
        : expression_(expression)
        , first_(first)
        , known_(static_cast<std::size_t>(count.count()), unknown) {
        for (int minute = 0; minute < day_minutes; ++minute)
            times[minute] = expression.hours[minute / 60] && expression.minutes[minute % 60];
        for (int second = 0; second < 60; ++second)
            if (expression.seconds[second])
                seconds_.emplace_back(second);
    }

    bool fires_on(local_days day) {
        char& known = known_.at(static_cast<std::size_t>((day - first_).count()));
        if (known == unknown)
            known = schedule::fires_on(expression_, day) ? 1 : 0;
        return known == 1;
    }

    bool matches(LocalTime minute) {
        const auto day = floor<days>(minute);
        return times[(minute - day) / 1min] && fires_on(day);
    }

    void fire(sys_seconds minute, std::vector<sys_seconds>& firings) const {
        for (const seconds second : seconds_)
            firings.push_back(minute + second);
    }

    bool times[day_minutes] = {}; ///< the minutes of a day that the hour and minute fields name

private:
    static constexpr char unknown = 2;

    const Expression& expression_;
    local_days first_;
    std::vector<char> known_;
    std::vector<seconds> seconds_;
};

/// A day of UTC over which the clock only goes on, with the days around it.
void look_at_quiet_day(Meaning& meaning, sys_days day, seconds offset, Looked& looked) {
    const LocalTime begin{(day + offset).time_since_epoch()};
    const auto first = floor<days>(begin);
    const bool fires[] = {meaning.fires_on(first), meaning.fires_on(first + days{1})};
    if (!fires[0] && !fires[1])
        return;
    int which = 0;
    auto at = static_cast<int>((begin - first) / 1min);
    for (int minute = 0; minute < day_minutes; ++minute) {
        if (fires[which] && meaning.times[at])
            meaning.fire(day + std::chrono::minutes{minute}, looked.firings);
        if (++at == day_minutes) {
            at = 0;
            which = 1;
        }
    }
}

void look_at_changing_day(Meaning& meaning, bool by_elapsed_time, const std::vector<WallMinute>& minutes,
                          Looked& looked) {
    using Kind = WallMinute::Kind;
    for (const WallMinute& minute : minutes) {
        const bool elapsed = minute.kind == Kind::shown || minute.kind == Kind::carried;
        if (elapsed != by_elapsed_time || !meaning.matches(minute.local))
            continue;
        if (minute.kind == Kind::skipped)
            looked.firings.push_back(minute.when);
        else
            meaning.fire(minute.when, looked.firings);
    }
}

} // namespace

Oracle::Oracle(Zone zone, sys_days from, sys_days to)
    : zone_(zone)
    , from_(from)
    , to_(to) {
    Period period = zone_.period(from);
    while (period.end < to) {
        const Period next = zone_.period(period.end);
        if (next.offset != period.offset)
            changes_.push_back(next.begin);
        period = next;
    }
    // A change is felt for as long as the widest one, which is a day.
    for (const sys_seconds change : changes_)
        for (days::rep day = -1; day <= 2; ++day)
            near_changes_[floor<days>(change) + days{day}];
}

const std::vector<WallMinute>& Oracle::changing(sys_days day) {
    static const std::vector<WallMinute> nothing;
    const auto found = near_changes_.find(day);
    if (found == near_changes_.end())
        return nothing;
    if (!found->second.empty())
        return found->second;
    // All days in a row at once: a time that one of them leaves out may fire on the next.
    sys_days begin = day;
    while (near_changes_.count(begin - days{1}) > 0)
        begin -= days{1};
    sys_days end = day;
    while (near_changes_.count(end) > 0)
        end += days{1};
    const auto add = [&](WallMinute::Kind kind, Instant when, LocalTime local) {
        const auto at = floor<seconds>(when);
        near_changes_.at(floor<days>(at)).push_back({kind, at, local});
    };
    for (sys_seconds when = begin; when < end; when += 1min)
        add(WallMinute::Kind::shown, when, zone_.to_local(when));
    const LocalTime last = zone_.to_local(end);
    for (LocalTime local = zone_.to_local(begin); local < last; local += 1min) {
        const LocalInfo info = zone_.to_instant(local);
        if (info.kind != LocalInfo::Kind::gap) {
            add(WallMinute::Kind::first, info.first, local);
            continue;
        }
        add(WallMinute::Kind::skipped, info.first, local);
        add(WallMinute::Kind::carried, Instant{local.time_since_epoch() - zone_.offset(info.first - 1s)},
            local);
    }
    return found->second;
}

Looked Oracle::look(const Expression& expression, sys_days from, const Budget& budget) {
    Looked looked;
    looked.until = from;
    const sys_days end = std::min(to_, from + budget.days);
    constexpr days margin{2}; // to the days that the zone's clocks show
    Meaning meaning{expression, local_days{(from - margin).time_since_epoch()}, end - from + 2 * margin};
    std::size_t minutes = 0;
    while (looked.until < end && minutes < budget.minutes && looked.firings.size() < budget.firings) {
        const sys_days day = looked.until;
        const auto before = static_cast<std::ptrdiff_t>(looked.firings.size());
        if (const auto& special = changing(day); special.empty())
            look_at_quiet_day(meaning, day, zone_.offset(day), looked);
        else
            look_at_changing_day(meaning, expression.hours_star, special, looked);
        std::sort(looked.firings.begin() + before, looked.firings.end());
        looked.firings.erase(std::unique(looked.firings.begin() + before, looked.firings.end()),
                             looked.firings.end());
        if (static_cast<std::ptrdiff_t>(looked.firings.size()) > before)
            minutes += day_minutes;
        looked.until += days{1};
    }
    return looked;
}

} // namespace crier::schedule
