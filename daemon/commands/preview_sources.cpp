#include "commands/preview_sources.hpp"

#include "commands/composition.hpp"
#include "commands/planned.hpp"
#include "commands/run_coroutine.hpp"
#include "core/text/length.hpp"
#include "core/text/plain.hpp"
#include "engine/intake.hpp"
#include "engine/origins.hpp"

#include <algorithm>
#include <map>
#include <ostream>
#include <utility>

namespace crier::commands {

namespace asio = boost::asio;

namespace {

/// What the daemon remembers, if there is a store yet.
class Memory {
public:
    Memory(asio::io_context& context, Composition& composition, const Settings& settings)
        : context_(context)
        , composition_(composition)
        , open_(composition.open_store(Composition::Access::read).has_value()) {
        if (!open_)
            return;
        if (Result<States> states = run_coroutine(context_, composition_.store().load()))
            states_ = std::move(*states);
        NoLog log;
        for (const Rename& rename : engine::resolve_origins(settings, states_, log).changes.renames)
            if (rename.kind == OriginKind::source)
                former_.emplace(rename.to, rename.from);
    }

    [[nodiscard]] std::optional<Instant> first_run(const SourceSettings& source,
                                                   const std::string& account) const {
        for (const SourceAccount& done : states_.source_accounts)
            if (done.source == source.name && done.account == account)
                return done.since;
        return std::nullopt;
    }

    [[nodiscard]] Result<std::vector<SeenItem>> seen(const SourceSettings& source, const std::string& account,
                                                     const std::vector<ItemIdentity>& identities) {
        if (!open_)
            return std::vector<SeenItem>{};
        const auto former = former_.find(source.name);
        const std::string& name = former == former_.end() ? source.name : former->second;
        return run_coroutine(context_,
                             composition_.store().seen(engine::seen_query(name, account, identities)));
    }

private:
    asio::io_context& context_;
    Composition& composition_;
    bool open_;
    States states_;
    std::map<std::string, std::string> former_; ///< names that the daemon's next start changes in the store
};

void print_intake(const Invocation& call, const engine::Intake& intake, const SourceSettings& source,
                  const ServerProfile& server, const schedule::Zone& zone) {
    for (const Post& post : intake.posts) {
        Planned planned;
        planned.nominal = planned.due = post.due;
        planned.leaves = post.due;
        planned.what = source.name;
        planned.account = post.account;
        planned.zone = zone;
        planned.post.content = post.content;
        planned.post.limit = server.max_characters;
        planned.post.length =
            text::status_length(post.content.status, post.content.spoiler_text, engine::length_rules(server));
        if (post.state == PostState::held)
            planned.post.hold = post.reason;
        print_planned(call, planned);
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
            Planned planned;
            planned.nominal = planned.due = now;
            planned.leaves = now;
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

int preview_new_items(const Invocation& call, const Settings& settings, const PreviewOptions& options,
                      const KnownServers& servers) {
    asio::io_context context{1};
    NoLog log;
    Composition composition{context, call, settings, log};
    Memory memory{context, composition, settings};
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
            const auto filter = CompiledFilter::compile(target.filter ? *target.filter : Filter{});
            const auto known = memory.seen(source, target.account, identities);
            if (!filter || !known) {
                code = std::max(code, fail(call, filter ? known.error() : filter.error()));
                continue;
            }
            const std::optional<Instant> first_run = memory.first_run(source, target.account);
            engine::IntakeQuery query{source,
                                      target,
                                      settings.accounts.find(target.account)->second,
                                      servers.of(target.account),
                                      *filter,
                                      zone,
                                      composition.clock().now(),
                                      !first_run};
            if (source.first_run.publish)
                query.first_look = first_run;
            print_intake(call, engine::take_in(query, yield->items, identities, *known), source,
                         servers.of(target.account), zone);
        }
    }
    return code;
}

} // namespace crier::commands
