#include "commands/check_schedule.hpp"

#include "config/problems.hpp"
#include "core/schedule/catchup.hpp"
#include "core/schedule/due.hpp"
#include "core/schedule/forecast.hpp"
#include "core/text/plain.hpp"

#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace crier::commands {

namespace {

using std::chrono::hours;

/// So many occurrences tell what is always so, within a year at most.
constexpr int looked_at = 60;
constexpr Duration a_year = hours{24 * 366};

/// What leaves too late shows within days, where it does at all.
constexpr Duration forecast_length = hours{48};
constexpr int most_foreseen = 100'000;

config::Problem warning_of(const EntrySettings& entry, std::string message, std::string hint) {
    return config::warning_at(entry.place, "schedule." + entry.name, std::move(message), std::move(hint));
}

void check_firing(const EntrySettings& entry, const schedule::Zone& zone, Instant now,
                  std::vector<config::Problem>& found) {
    if (schedule::next_after(entry.when, zone, now))
        return;
    if (entry.when.one_off() &&
        !schedule::due_between(entry.when, zone, Instant{}, now, entry.missed).fire.empty())
        return; // late, and posted all the same
    const auto last = schedule::last_until(entry.when, zone, Instant{}, now);
    found.push_back(warning_of(
        entry, last ? "it fires no more: the last time was " + to_rfc3339(*last) : "it never fires",
        last ? "remove it, or give it moments that are ahead"
             : "what it is narrowed to (only_if, except, start, until) leaves none of its moments"));
}

void check_quiet(const EntrySettings& entry, const schedule::Zone& zone, const Settings& settings,
                 Instant now, std::vector<config::Problem>& found) {
    for (const PostTarget& target : entry.targets) {
        const AccountSettings& account = settings.accounts.at(target.account);
        if (!entry.quiet && account.limits.quiet.empty())
            continue;
        int fired = 0;
        int quiet = 0;
        schedule::each_firing(entry.when, zone, now, now + a_year, [&](Instant nominal) {
            const Instant meant = nominal + schedule::jitter_of(entry.name, nominal, entry.jitter);
            quiet += schedule::due_of(entry, account, nominal) != meant ? 1 : 0;
            return ++fired < looked_at && quiet == fired;
        });
        if (fired == 0 || quiet < fired)
            continue;
        const bool skips = entry.when_quiet == WhenQuiet::skip;
        found.push_back(warning_of(entry,
                                   "it always falls into quiet hours or a blackout (on " + target.account +
                                       "), and " + (skips ? "is never posted" : "leaves at their end"),
                                   skips ? "fire it at another time, or say when_quiet: move"
                                         : "fire it at the time that is meant"));
    }
}

void check_expiry(const Settings& settings, const KnownServers& servers, Instant now,
                  std::vector<config::Problem>& found) {
    schedule::Forecast forecast{settings, servers.tables(), now, now + forecast_length};
    std::map<const EntrySettings*, std::pair<std::size_t, std::size_t>> counts; // expire, of so many
    for (int i = 0; i < most_foreseen; ++i) {
        const auto foreseen = forecast.next();
        if (!foreseen)
            break;
        auto& [expire, all] = counts[foreseen->entry];
        ++all;
        expire += foreseen->expires ? 1U : 0U;
    }
    for (const EntrySettings& entry : settings.schedule) {
        const auto count = counts.find(&entry);
        if (count == counts.end() || count->second.first == 0)
            continue;
        found.push_back(warning_of(
            entry,
            std::to_string(count->second.first) + " of its next " +
                text::counted(count->second.second, "post", "posts") +
                " would expire before the account's limits let them leave",
            "a longer expires_after, a smaller min_gap, or entries that do not fire at the same time"));
    }
}

} // namespace

std::vector<config::Problem> check_schedule(const Settings& settings, const std::optional<States>& known,
                                            const KnownServers& servers, Instant now) {
    std::vector<config::Problem> found;
    std::set<std::string_view> remembered;
    if (known)
        for (const EntryState& state : known->entries)
            remembered.insert(state.entry);
    for (const EntrySettings& entry : settings.schedule) {
        const schedule::Zone zone = schedule::Zone::find_or_utc(entry.timezone);
        if (remembered.count(entry.name) == 0)
            check_firing(entry, zone, now, found);
        check_quiet(entry, zone, settings, now, found);
    }
    check_expiry(settings, servers, now, found);
    return found;
}

} // namespace crier::commands
