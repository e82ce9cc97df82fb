#include "commands/check_limits.hpp"

#include "commands/known_servers.hpp"
#include "core/rates/demand.hpp"
#include "core/rates/table.hpp"
#include "core/text/plain.hpp"
#include "engine/planner.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace crier::commands {

namespace {

using Dues = std::map<std::string, std::vector<Instant>>;

/// When the schedule's posts leave, by account, ascending.
Dues dues_between(const Settings& settings, Instant from, Instant until) {
    Dues dues;
    for (const EntrySettings& entry : settings.schedule) {
        const schedule::Zone zone = schedule::Zone::find_or_utc(entry.timezone);
        for (auto nominal = schedule::next_after(entry.rule, zone, from); nominal && *nominal < until;
             nominal = schedule::next_after(entry.rule, zone, *nominal))
            for (const PostTarget& target : entry.targets)
                dues[target.account].insert(
                    dues[target.account].end(), 1 + target.post->replies.size(),
                    engine::due_of(entry, settings.accounts.at(target.account), *nominal));
    }
    for (auto& [account, list] : dues)
        std::sort(list.begin(), list.end());
    return dues;
}

config::Problem warning_of(const AccountSettings& account, const rates::Excess& excess) {
    config::Problem problem;
    problem.file = account.place.file;
    problem.line = account.place.line;
    problem.column = account.place.column;
    problem.key = "accounts." + account.name;
    problem.message = "the schedule wants " +
                      text::counted(static_cast<std::size_t>(excess.wanted), "post", "posts") + " in " +
                      to_text(excess.window) + " (from " + to_rfc3339(excess.begins) + " on), more than " +
                      excess.limit;
    problem.hint = "what is too much leaves later and later; let entries fire less often, or give them "
                   "`expires_after`";
    problem.warning = true;
    return problem;
}

} // namespace

std::vector<config::Problem> check_limits(const Invocation& call, const Settings& settings) {
    std::vector<config::Problem> found;
    if (settings.schedule.empty())
        return found;
    const KnownServers servers{call, settings};
    const Instant now = wall_now();
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
