#include "commands/commands.hpp"
#include "commands/known_servers.hpp"
#include "commands/planned.hpp"
#include "commands/preview_sources.hpp"
#include "core/schedule/catchup.hpp"
#include "engine/compose.hpp"

#include <algorithm>
#include <ostream>
#include <utility>

namespace crier::commands {

namespace {

/// More would scroll away, and a mistyped `every: 1s` must not fill the disk.
constexpr std::size_t most_lines = 1000;

std::vector<Planned> plan_schedule(const Settings& settings, const PreviewOptions& options,
                                   const KnownServers& servers, Instant now) {
    std::vector<Planned> list;
    const Instant end = now + std::chrono::hours{24} * options.days;
    for (const EntrySettings& entry : settings.schedule) {
        const schedule::Zone zone = schedule::Zone::find_or_utc(entry.timezone);
        std::size_t count = 0;
        for (auto next = schedule::next_after(entry.rule, zone, now);
             next && *next < end && count < most_lines;
             next = schedule::next_after(entry.rule, zone, *next), ++count)
            for (const PostTarget& target : entry.targets) {
                if (!options.account.empty() && target.account != options.account)
                    continue;
                std::vector<engine::Composed> parts =
                    engine::compose_parts(entry, target, zone, *next, servers.of(target.account));
                int part = 0;
                for (engine::Composed& post : parts) {
                    Planned planned;
                    planned.due = *next + schedule::jitter_of(entry.name, *next, entry.jitter);
                    planned.what = entry.name;
                    planned.account = target.account;
                    planned.zone = zone;
                    planned.post = std::move(post);
                    planned.part = ++part;
                    planned.parts = static_cast<int>(parts.size());
                    list.push_back(std::move(planned));
                }
            }
    }
    std::stable_sort(list.begin(), list.end(),
                     [](const Planned& a, const Planned& b) { return a.due < b.due; });
    return list;
}

} // namespace

int preview(const Invocation& call, const PreviewOptions& options) {
    const auto settings = load_settings(call);
    if (!settings)
        return exit_config;
    if (!options.account.empty() && settings->accounts.count(options.account) == 0)
        return fail(call, Failure{Cause::usage, "there is no account named " + options.account});
    KnownServers servers{call, *settings};
    // A server that does not answer has been told of; what is known of it serves.
    const int asked = options.online && !servers.ask(call, *settings) ? exit_server : exit_ok;
    if (!options.source.empty())
        return preview_source(call, *settings, options, servers);
    const Instant now = wall_now();
    std::vector<Planned> list = plan_schedule(*settings, options, servers, now);
    const std::size_t all = list.size();
    if (all > most_lines)
        list.resize(most_lines);
    for (const Planned& planned : list)
        print_planned(call, planned);
    if (!call.json && all == 0)
        call.out << "nothing fires in the next " << options.days << " days\n";
    if (all > list.size())
        call.err << "and " << all - list.size() << " or more after these; ask for fewer --days\n";
    return options.online ? std::max(asked, preview_new_items(call, *settings, options, servers)) : exit_ok;
}

} // namespace crier::commands
