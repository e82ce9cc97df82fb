#include "core/schedule/zone/zone.hpp"

#include "core/nearest.hpp"
#include "core/schedule/zone/files.hpp"
#include "core/schedule/zone/table.hpp"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>

namespace crier::schedule {

/// What all values of one zone point to.
struct ZoneSlot {
    std::string_view name;
    std::atomic<const ZoneTable*> table;
};

namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

/// No zone has an offset near this, and none ever skipped or repeated more than a day.
constexpr seconds widest_change = std::chrono::hours{26};

/// All zones that were found so far. Never shrinks: others may be looking at a table while it is replaced,
/// and the tables of a few zones and a few updates of tzdata are small.
class ZoneRegistry {
public:
    Result<const ZoneSlot*> find(std::string_view name) {
        const std::scoped_lock lock{mutex_};
        if (const auto known = slots_.find(name); known != slots_.end())
            return &known->second;
        auto table = read_zone(name);
        if (!table)
            return table.error();
        const auto added = slots_.try_emplace(std::string{name}).first;
        added->second.name = added->first;
        added->second.table = keep(std::move(*table));
        return &added->second;
    }

    ReloadedZones reload() {
        const std::scoped_lock lock{mutex_};
        ReloadedZones found;
        for (auto& [name, slot] : slots_) {
            auto table = read_zone(name);
            if (!table) {
                found.failures.push_back(table.error());
            } else if (*table != *slot.table.load()) {
                slot.table = keep(std::move(*table));
                found.changed.push_back(name);
            }
        }
        return found;
    }

private:
    const ZoneTable* keep(ZoneTable table) {
        return tables_.emplace_back(std::make_unique<const ZoneTable>(std::move(table))).get();
    }

    std::mutex mutex_;
    std::map<std::string, ZoneSlot, std::less<>> slots_;
    std::vector<std::unique_ptr<const ZoneTable>> tables_;
};

ZoneRegistry& registry() {
    static ZoneRegistry zones;
    return zones;
}

bool is_utc(std::string_view name) {
    return name == "UTC" || name == "Etc/UTC";
}

/// "Berlin" means Europe/Berlin; else the nearest name.
std::string suggestion(std::string_view name) {
    const std::vector<std::string> zones = zone_names();
    const std::vector<std::string_view> names{zones.begin(), zones.end()};
    std::vector<std::string_view> cities;
    cities.reserve(names.size());
    for (const std::string_view known : names)
        cities.push_back(known.substr(known.rfind('/') + 1));
    if (std::string whole = nearest(name, names); !whole.empty())
        return whole;
    const std::string city = nearest(name, cities);
    for (const std::string_view known : names)
        if (!city.empty() && known.size() > city.size() && known.substr(known.rfind('/') + 1) == city)
            return std::string{known};
    return {};
}

} // namespace

Result<Zone> Zone::find(std::string_view name) {
    Zone zone;
    if (is_utc(name))
        return zone;
    const auto slot = registry().find(name);
    if (slot) {
        zone.slot_ = *slot;
        return zone;
    }
    Failure failure = slot.error();
    if (failure.cause == Cause::not_found) {
        const std::string near = suggestion(name);
        failure.cause = Cause::config;
        failure.hint = near.empty() ? "names are those of the IANA database, such as Europe/Berlin"
                                    : "did you mean '" + near + "'?";
    }
    return failure;
}

Zone Zone::find_or_utc(std::string_view name) {
    Zone zone;
    if (is_utc(name))
        return zone;
    if (const auto slot = registry().find(name))
        zone.slot_ = *slot;
    return zone;
}

ReloadedZones Zone::reload() {
    return registry().reload();
}

const ZoneTable& Zone::table() const noexcept {
    static const ZoneTable utc{{{seconds{0}, "UTC"}}, {{sys_seconds::min(), 0}}, std::nullopt};
    return slot_ == nullptr ? utc : *slot_->table.load(std::memory_order_acquire);
}

Period Zone::period(sys_seconds when) const {
    return table().period(when);
}

seconds Zone::offset(Instant when) const {
    return table().setting(std::chrono::floor<seconds>(when)).offset;
}

std::string Zone::abbreviation(Instant when) const {
    return table().setting(std::chrono::floor<seconds>(when)).abbreviation;
}

LocalTime Zone::to_local(Instant when) const {
    return LocalTime{(std::chrono::floor<seconds>(when) + offset(when)).time_since_epoch()};
}

LocalInfo Zone::to_instant(LocalTime local) const {
    const ZoneTable& zone = table(); // once: all of the answer is of one table
    const sys_seconds as_utc{local.time_since_epoch()};
    std::optional<Instant> first;
    std::optional<Instant> second;
    Instant gap_end{};
    for (Period at = zone.period(as_utc - widest_change);; at = zone.period(at.end)) {
        const sys_seconds candidate = as_utc - at.offset;
        // The calendar's ends are no changes.
        const bool begun = candidate >= at.begin || at.begin == first_moment;
        const bool last = at.end == last_moment;
        if (begun && (candidate < at.end || last))
            (first ? second : first) = candidate;
        else if (!begun && !first && gap_end == Instant{})
            gap_end = at.begin; // it came too late, and the one before ended too early
        if (last || at.end > as_utc + widest_change)
            break;
    }
    if (!first)
        return {LocalInfo::Kind::gap, gap_end, gap_end};
    if (!second)
        return {LocalInfo::Kind::unique, *first, *first};
    return {LocalInfo::Kind::overlap, *first, *second};
}

std::string_view Zone::name() const noexcept {
    return slot_ == nullptr ? std::string_view{"UTC"} : slot_->name;
}

} // namespace crier::schedule
