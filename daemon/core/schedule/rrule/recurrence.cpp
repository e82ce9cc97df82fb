#include "core/schedule/rrule/recurrence.hpp"

#include "core/schedule/rrule/recurrence_data.hpp"
#include "core/schedule/rrule/search.hpp"

#include <algorithm>

namespace crier::schedule {
namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::seconds;

using Data = Recurrence::Data;

/// Of a moment that the clocks show a second time nothing is left to fire until they are past what they
/// repeat.
LocalTime first_candidate(const Zone& zone, Instant after) {
    const LocalTime local = zone.to_local(after);
    const LocalInfo info = zone.to_instant(local);
    if (info.kind != LocalInfo::Kind::overlap || after < info.second)
        return local;
    const auto begin = zone.period(std::chrono::floor<seconds>(after)).begin;
    return zone.to_local(begin - seconds{1}) + seconds{1};
}

bool day_excluded(const Data& data, local_days day) {
    return std::binary_search(data.excluded_days.begin(), data.excluded_days.end(), day);
}

bool excluded(const Data& data, Instant when) {
    return std::binary_search(data.excluded.begin(), data.excluded.end(), when);
}

std::optional<Instant> of_rule(const Data& data, const Data::Bounded& bounded, const Zone& zone,
                               Instant after) {
    const Instant before_start = zone.to_instant(data.start).first - Duration{1};
    const Rrule& rule = bounded.rule;
    auto local = rrule_at_or_after(rule, after <= before_start ? data.start : first_candidate(zone, after));
    while (local) {
        const Instant when = zone.to_instant(*local).first;
        if (when > bounded.until)
            return std::nullopt;
        const auto day = std::chrono::floor<days>(*local);
        if (day_excluded(data, day)) {
            local = rrule_at_or_after(rule, day + days{1});
            continue;
        }
        if (when > after && !excluded(data, when))
            return when;
        local = rrule_at_or_after(rule, *local + seconds{1});
    }
    return std::nullopt;
}

std::optional<Instant> of_extra(const Data& data, const Zone& zone, Instant after) {
    const auto found = std::find_if(std::upper_bound(data.extra.begin(), data.extra.end(), after),
                                    data.extra.end(), [&](Instant when) {
                                        const auto day = std::chrono::floor<days>(zone.to_local(when));
                                        return !excluded(data, when) && !day_excluded(data, day);
                                    });
    return found == data.extra.end() ? std::nullopt : std::optional{*found};
}

} // namespace

const std::string& Recurrence::text() const noexcept {
    return data_->text;
}

LocalTime Recurrence::start() const noexcept {
    return data_->start;
}

std::optional<Instant> recurrence_after(const Recurrence& recurrence, const Zone& zone, Instant after) {
    if (after >= std::chrono::sys_days{rrule_end.time_since_epoch()}) // lest it become local time
        return std::nullopt;
    const Data& data = recurrence.data();
    std::optional<Instant> best = of_extra(data, zone, after);
    for (const Data::Bounded& bounded : data.rules) {
        const auto found = of_rule(data, bounded, zone, after);
        if (found && (!best || *found < *best))
            best = found;
    }
    return best;
}

} // namespace crier::schedule
