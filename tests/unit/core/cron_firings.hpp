#pragma once

#include "core/schedule/rule.hpp"

namespace crier::schedule {

/// The next `count` firings, in the zone's local time.
inline std::string cron_firings(const char* cron, const char* zone_name, const char* after, int count) {
    const Rule rule = Cron::parse(cron).value();
    const Zone zone = Zone::find(zone_name).value();
    std::string text;
    auto next = next_after(rule, zone, from_rfc3339(after).value());
    for (int i = 0; i < count && next; ++i, next = next_after(rule, zone, *next)) {
        std::string local = to_rfc3339(Instant{zone.to_local(*next).time_since_epoch()});
        local.pop_back();
        text += (text.empty() ? "" : " ") + local;
    }
    return text;
}

} // namespace crier::schedule
