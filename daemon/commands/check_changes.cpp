#include "commands/check_changes.hpp"

#include "config/problems.hpp"
#include "core/schedule/catchup.hpp"
#include "core/schedule/forecast.hpp"
#include "core/text/plain.hpp"
#include "engine/origins.hpp"

#include <algorithm>
#include <utility>

namespace crier::commands {

namespace {

/// The edition that the store knows, under the present or the former name; nothing: it does not know it.
std::optional<int> known_edition(const States& states, OriginKind kind, const std::string& name,
                                 const std::string& was) {
    for (const std::string& known : {name, was})
        for (const OriginState& state : states.origins)
            if (state.kind == kind && state.name == known)
                return state.edition;
    return std::nullopt;
}

void check_entry(const EntrySettings& entry, Instant now, std::vector<config::Problem>& found) {
    const std::string key = "schedule." + entry.name + ".edition";
    if (!entry.when.one_off()) {
        found.push_back(config::warning_at(
            entry.place, key, "a raised edition posts nothing again of what recurs", "it is for `at`"));
        return;
    }
    const schedule::Zone zone = schedule::Zone::find_or_utc(entry.timezone);
    const schedule::Due due = schedule::due_between(entry.when, zone, Instant{}, now, entry.missed);
    std::size_t ahead = 0;
    schedule::each_firing(entry.when, zone, now, Instant::max(), [&](Instant) {
        ++ahead;
        return true;
    });
    std::string message = "raised to " + std::to_string(entry.edition) + ", it posts ";
    if (due.fire.empty())
        message += "nothing at once";
    else
        message += text::counted(due.fire.size(), "moment", "moments") + " anew at once, the last of " +
                   to_rfc3339(due.fire.back());
    message += ", and " + std::to_string(ahead) + " to come";
    found.push_back(config::warning_at(entry.place, key, std::move(message),
                                       "to " + text::counted(entry.targets.size(), "account", "accounts") +
                                           "; lower it again if that is not meant"));
}

/// The same account of a server under another name would be one that has posted nothing yet.
void check_accounts(const Settings& settings, const States& states, std::vector<config::Problem>& found) {
    const auto is_known = [&](const std::string& name) {
        return std::any_of(states.accounts.begin(), states.accounts.end(),
                           [&](const AccountState& state) { return state.account == name; });
    };
    for (const auto& [name, account] : settings.accounts) {
        if (is_known(name))
            continue;
        for (const AccountState& gone : states.accounts)
            if (settings.accounts.count(gone.account) == 0 && gone.server == account.server &&
                (account.handle.empty() || account.handle == gone.handle))
                found.push_back(config::warning_at(
                    account.place, "accounts." + name,
                    "it is new, and '" + gone.account +
                        "' on the same server is gone: were they one account, "
                        "its sources would begin anew there and might post once more what is on its page",
                    "an account keeps its name; to give it another all the same, set `first_run: mark` for "
                    "its sources first, and see to the posts of '" +
                        gone.account + "' that wait"));
    }
}

} // namespace

std::vector<config::Problem> check_changes(const Settings& settings, const States& states, Instant now) {
    std::vector<config::Problem> found;
    for (const EntrySettings& entry : settings.schedule)
        if (const auto known = known_edition(states, OriginKind::entry, entry.name, entry.was);
            known && entry.edition > *known)
            check_entry(entry, now, found);
    for (const SourceSettings& source : settings.sources)
        if (const auto known = known_edition(states, OriginKind::source, source.name, source.was);
            known && source.edition > *known)
            found.push_back(
                config::warning_at(source.place, "sources." + source.name + ".edition",
                                   "raised to " + std::to_string(source.edition) +
                                       ", what was posted may be posted once more, by hand; by itself the "
                                       "source posts nothing again",
                                   "`crier items " + source.name + " --post ID` does"));
    check_accounts(settings, states, found);
    return found;
}

} // namespace crier::commands
