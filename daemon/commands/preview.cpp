#include "commands/commands.hpp"
#include "commands/composition.hpp"
#include "commands/known_servers.hpp"
#include "commands/run_coroutine.hpp"
#include "core/schedule/catchup.hpp"
#include "engine/compose.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <ostream>
#include <utility>

namespace crier::commands {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

/// More would scroll away, and a mistyped `every: 1s` must not fill the disk.
constexpr std::size_t most_lines = 1000;

struct Planned {
    Instant due{};
    std::string what;
    std::string account;
    schedule::Zone zone;
    engine::Composed post;
};

void print_planned(const Invocation& call, const Planned& planned) {
    const PostContent& content = planned.post.content;
    const std::string trouble = planned.post.hold.empty() ? planned.post.drop : planned.post.hold;
    if (call.json) {
        json::object object;
        object["due"] = to_rfc3339(planned.due);
        object["entry"] = planned.what;
        object["account"] = planned.account;
        object["text"] = content.status;
        object["spoiler_text"] = content.spoiler_text;
        object["visibility"] = std::string{to_text(content.visibility)};
        object["language"] = content.language;
        object["length"] = planned.post.length;
        object["limit"] = planned.post.limit;
        json::array media;
        for (const Media& one : content.media) {
            json::object entry;
            entry["file"] = one.file.empty() ? one.url : one.file;
            entry["alt"] = one.alt;
            media.push_back(std::move(entry));
        }
        object["media"] = std::move(media);
        object["note"] = trouble.empty() ? planned.post.note : "held: " + trouble;
        print(call, object);
        return;
    }
    const schedule::LocalTime local = planned.zone.to_local(planned.due);
    std::string when = to_rfc3339(Instant{local.time_since_epoch()});
    when[10] = ' ';
    when.replace(when.size() - 1, 1, " " + planned.zone.abbreviation(planned.due));
    call.out << "── " << when << "  " << planned.what << " → " << planned.account << "  ("
             << planned.post.length << " of " << planned.post.limit << ", " << to_text(content.visibility)
             << (content.language.empty() ? "" : ", " + content.language) << ")\n";
    if (!content.spoiler_text.empty())
        call.out << "[" << content.spoiler_text << "]\n";
    call.out << content.status << '\n';
    for (const Media& one : content.media)
        call.out << "📎 " << (one.file.empty() ? one.url : one.file) << " — "
                 << (one.alt.empty() ? "NO ALT TEXT" : one.alt) << '\n';
    if (!trouble.empty())
        call.out << "would be held: " << trouble << '\n';
    else if (!planned.post.note.empty())
        call.out << "note: " << planned.post.note << '\n';
    call.out << '\n';
}

std::vector<Planned> plan_schedule(const Settings& settings, const PreviewOptions& options,
                                   const KnownServers& servers, Instant now) {
    std::vector<Planned> list;
    const Instant end = now + std::chrono::hours{24} * options.days;
    for (const EntrySettings& entry : settings.schedule) {
        schedule::Zone zone;
        if (const auto found = schedule::Zone::find(entry.timezone))
            zone = *found;
        std::size_t count = 0;
        for (auto next = schedule::next_after(entry.rule, zone, now);
             next && *next < end && count < most_lines;
             next = schedule::next_after(entry.rule, zone, *next), ++count)
            for (const PostTarget& target : entry.targets) {
                if (!options.account.empty() && target.account != options.account)
                    continue;
                Planned planned;
                planned.due = *next + schedule::jitter_of(entry.name, *next, entry.jitter);
                planned.what = entry.name;
                planned.account = target.account;
                planned.zone = zone;
                planned.post = engine::compose_entry(entry, target, zone, *next, servers.of(target.account));
                list.push_back(std::move(planned));
            }
    }
    std::stable_sort(list.begin(), list.end(),
                     [](const Planned& a, const Planned& b) { return a.due < b.due; });
    return list;
}

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
    schedule::Zone zone;
    if (const auto found = schedule::Zone::find(settings.timezone))
        zone = *found;
    const Instant now = composition.clock().now();
    const std::size_t count =
        std::min(yield->items.size(), static_cast<std::size_t>(std::max(options.last, 0)));
    for (std::size_t i = 0; i < count; ++i)
        for (const PostTarget& target : source->targets) {
            if (!options.account.empty() && target.account != options.account)
                continue;
            Planned planned;
            planned.due = now;
            planned.what = source->name;
            planned.account = target.account;
            planned.zone = zone;
            planned.post =
                engine::compose_item(*source, target, yield->items[i], zone, now, servers.of(target.account));
            print_planned(call, planned);
        }
    if (count == 0 && !call.json)
        call.out << source->name << " has no items\n";
    return exit_ok;
}

} // namespace

int preview(const Invocation& call, const PreviewOptions& options) {
    const auto settings = load_settings(call);
    if (!settings)
        return exit_config;
    if (!options.account.empty() && settings->accounts.count(options.account) == 0)
        return fail(call, Failure{Cause::usage, "there is no account named " + options.account});
    const KnownServers servers{call, *settings};
    if (!options.source.empty())
        return preview_source(call, *settings, options, servers);
    const Instant now = std::chrono::floor<Duration>(std::chrono::system_clock::now());
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
    return exit_ok;
}

} // namespace crier::commands
