#include "commands/preview_sources.hpp"

#include "commands/composition.hpp"
#include "commands/media_notes.hpp"
#include "commands/planned.hpp"
#include "commands/source_memory.hpp"
#include "core/text/length.hpp"
#include "core/text/plain.hpp"
#include "engine/intake.hpp"
#include "engine/restraint.hpp"

#include <boost/asio/awaitable.hpp>

#include <algorithm>
#include <ostream>
#include <utility>

namespace crier::commands {

namespace asio = boost::asio;

namespace {

Planned planned_of(const Settings& settings, const Post& post, const SourceSettings& source,
                   const ServerProfile& server, const schedule::Zone& zone) {
    Planned planned;
    planned.part = post.part + 1;
    planned.parts = post.parts;
    planned.nominal = planned.due = post.due;
    planned.leaves = post.due;
    planned.what = source.name;
    planned.account = post.account;
    planned.zone = zone;
    if (post.part == 0 && post.state != PostState::held)
        planned.restraint = engine::restraint_of(settings, post.account, &source.approval);
    planned.post.content = post.content;
    planned.post.limit = server.max_characters;
    planned.post.length =
        text::status_length(post.content.status, post.content.spoiler_text, engine::length_rules(server));
    // What a further part waits for stands with the first one.
    if (post.part == 0)
        (post.state == PostState::held ? planned.post.hold : planned.post.note) = post.reason;
    add_media_note(planned.post.note, post.content, server);
    return planned;
}

void print_intake(const Invocation& call, const Settings& settings, const engine::Intake& intake,
                  const SourceSettings& source, const ServerProfile& server, const schedule::Zone& zone) {
    for (const Post& post : intake.posts) {
        print_planned(call, planned_of(settings, post, source, server, zone));
        for (const Post& part : intake.parts)
            if (part.origin == post.origin)
                print_planned(call, planned_of(settings, part, source, server, zone));
    }
    if (!call.json && intake.posts.empty())
        call.out << source.name << ": nothing new to post"
                 << (intake.noted > 0
                         ? "; " + text::counted(intake.noted, "item", "items") + " would be noted (first_run)"
                         : "")
                 << '\n';
}

} // namespace

int preview_source(const Invocation& call, const Settings& settings, const PreviewOptions& options,
                   const KnownServers& servers) {
    const auto source = std::find_if(settings.sources.begin(), settings.sources.end(),
                                     [&](const SourceSettings& s) { return s.name == options.source; });
    if (source == settings.sources.end())
        return fail(call, Failure{Cause::usage, "there is no source named " + options.source,
                                  "the names stand under `sources:` in the configuration"});
    asio::io_context context{1};
    NoLog log;
    Composition composition{context, call, settings, log};
    const Result<SourceYield> yield = composition.look_at(*source);
    if (!yield)
        return fail(call, yield.error());
    const schedule::Zone zone = schedule::Zone::find_or_utc(settings.timezone);
    const Instant now = composition.clock().now();
    const std::size_t count =
        std::min(yield->items.size(), static_cast<std::size_t>(std::max(options.last, 0)));
    for (std::size_t i = 0; i < count; ++i)
        for (const PostTarget& target : source->targets) {
            if (!options.account.empty() && target.account != options.account)
                continue;
            std::vector<engine::Composed> parts =
                engine::compose_item(*source, target, yield->items[i], zone, now, servers.of(target.account));
            Planned planned;
            planned.nominal = planned.due = now;
            planned.leaves = now;
            planned.what = source->name;
            planned.account = target.account;
            planned.zone = zone;
            planned.part = 0;
            planned.parts = static_cast<int>(parts.size());
            for (engine::Composed& part : parts) {
                ++planned.part;
                planned.post = std::move(part);
                add_media_note(planned.post.note, planned.post.content, servers.of(target.account));
                if (planned.part == 1)
                    planned.restraint = engine::restraint_of(settings, target.account, &source->approval);
                print_planned(call, planned);
                planned.restraint.clear();
            }
        }
    if (count == 0 && !call.json)
        call.out << source->name << " has no items\n";
    return exit_ok;
}

int preview_new_items(const Invocation& call, const Settings& settings, const PreviewOptions& options,
                      const KnownServers& servers) {
    asio::io_context context{1};
    NoLog log;
    Composition composition{context, call, settings, log};
    SourceMemory memory{context, composition, settings};
    const schedule::Zone zone = schedule::Zone::find_or_utc(settings.timezone);
    int code = exit_ok;
    for (const SourceSettings& source : settings.sources) {
        if (source.on_demand || hears(source))
            continue;
        const Result<SourceYield> yield = composition.look_at(source);
        if (!yield) {
            code = std::max(code, fail(call, yield.error()));
            continue;
        }
        const std::vector<ItemIdentity> identities = identify_all(yield->items, source.identify_by);
        for (const PostTarget& target : source.targets) {
            if (!options.account.empty() && target.account != options.account)
                continue;
            const auto verdict = memory.judge(source, target, yield->items, identities,
                                              servers.of(target.account), composition.clock().now());
            if (!verdict) {
                code = std::max(code, fail(call, verdict.error()));
                continue;
            }
            print_intake(call, settings, verdict->intake, source, servers.of(target.account), zone);
        }
    }
    return code;
}

} // namespace crier::commands
