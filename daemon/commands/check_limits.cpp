#include "commands/check_limits.hpp"

#include "config/problems.hpp"
#include "core/rates/demand.hpp"
#include "core/rates/table.hpp"
#include "core/schedule/due.hpp"
#include "core/schedule/forecast.hpp"
#include "core/text/plain.hpp"

#include <algorithm>
#include <map>

namespace crier::commands {

namespace {

using Dues = std::map<std::string, std::vector<Instant>>;

/// When the schedule's posts leave, by account, ascending.
Dues dues_between(const Settings& settings, Instant from, Instant until) {
    Dues dues;
    for (const EntrySettings& entry : settings.schedule) {
        const schedule::Zone zone = schedule::Zone::find_or_utc(entry.timezone);
        schedule::each_firing(entry.when, zone, from, until, [&](Instant nominal) {
            for (const PostTarget& target : entry.targets) {
                std::vector<Instant>& list = dues[target.account];
                if (const auto due = schedule::due_of(entry, settings.accounts.at(target.account), nominal))
                    list.insert(list.end(), 1 + target.post->replies.size(), *due);
            }
            return true;
        });
    }
    for (auto& [account, list] : dues)
        std::sort(list.begin(), list.end());
    return dues;
}

config::Problem warning_of(const AccountSettings& account, const rates::Excess& excess) {
    return config::warning_at(
        account.place, "accounts." + account.name,
        "the schedule wants " + text::counted(static_cast<std::size_t>(excess.wanted), "post", "posts") +
            " in " + to_text(excess.window) + " (from " + to_rfc3339(excess.begins) + " on), more than " +
            excess.limit,
        "what is too much leaves later and later; let entries fire less often, or give them "
        "`expires_after`");
}

} // namespace

std::vector<config::Problem> check_limits(const Settings& settings, const KnownServers& servers,
                                          Instant now) {
    std::vector<config::Problem> found;
    for (const auto& [name, due] : dues_between(settings, now, now + std::chrono::hours{24})) {
        const AccountSettings& account = settings.accounts.at(name);
        if (const auto excess = rates::over_gap(due, account.limits, now))
            found.push_back(warning_of(account, *excess));
        if (const auto excess = rates::over_server(due, rates::table_of(servers.of(name).software)))
            found.push_back(warning_of(account, *excess));
    }
    return found;
}

} // namespace crier::commands
