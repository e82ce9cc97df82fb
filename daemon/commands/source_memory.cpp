#include "commands/source_memory.hpp"

#include "commands/run_coroutine.hpp"
#include "engine/origins.hpp"

#include <utility>

namespace crier::commands {

SourceMemory::SourceMemory(boost::asio::io_context& context, Composition& composition,
                           const Settings& settings)
    : context_(context)
    , composition_(composition)
    , settings_(settings)
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

std::optional<Instant> SourceMemory::first_run(const std::string& source, const std::string& account) const {
    for (const SourceAccount& done : states_.source_accounts)
        if (done.source == source && done.account == account)
            return done.since;
    return std::nullopt;
}

const std::string& SourceMemory::known_as(const std::string& source) const {
    const auto former = former_.find(source);
    return former == former_.end() ? source : former->second;
}

Result<SourceMemory::Verdict> SourceMemory::judge(const SourceSettings& source, const PostTarget& target,
                                                  const std::vector<Item>& items,
                                                  const std::vector<ItemIdentity>& identities,
                                                  const ServerProfile& server, Instant now) {
    const auto filter = CompiledFilter::compile(target.filter ? *target.filter : Filter{});
    if (!filter)
        return filter.error();
    Verdict verdict;
    if (open_) {
        auto known = run_coroutine(context_, composition_.store().seen(engine::seen_query(
                                                 known_as(source.name), target.account, identities)));
        if (!known)
            return known.error();
        verdict.known = std::move(*known);
    }
    const std::optional<Instant> first = first_run(source.name, target.account);
    engine::IntakeQuery query{source, target,  settings_.accounts.find(target.account)->second,
                              server, *filter, schedule::Zone::find_or_utc(settings_.timezone),
                              now,    !first};
    if (source.first_run.publish)
        query.first_look = first;
    if (source.dedupe && settings_.dedupe)
        query.dedupe = &*settings_.dedupe;
    const StoryQuery stories = engine::story_query(query, items);
    if (open_ && !stories.stories.empty()) {
        auto told = run_coroutine(context_, composition_.store().told(stories));
        if (!told)
            return told.error();
        query.told = std::move(*told);
    }
    verdict.intake = engine::take_in(query, items, identities, verdict.known);
    return verdict;
}

} // namespace crier::commands
