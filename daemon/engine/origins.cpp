#include "engine/origins.hpp"

#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>

namespace crier::engine {
namespace {

const char* plural(OriginKind kind) {
    return kind == OriginKind::source ? "sources" : "entries";
}

/// Takes the former name over in everything that was loaded.
void rename_in(States& states, const Rename& rename) {
    const auto change = [&](std::string& name) {
        if (name == rename.from)
            name = rename.to;
    };
    for (OriginState& state : states.origins)
        if (state.kind == rename.kind)
            change(state.name);
    if (rename.kind == OriginKind::entry) {
        for (EntryState& state : states.entries)
            change(state.entry);
        for (DrawnItem& drawn : states.drawn)
            change(drawn.entry);
        return;
    }
    for (SourceState& state : states.sources)
        change(state.source);
    for (Subscription& state : states.subscriptions)
        change(state.source);
    for (SourceAccount& state : states.source_accounts)
        change(state.source);
}

class Resolving {
public:
    Resolving(const Settings& settings, States& states, Log& log)
        : settings_(settings)
        , configured_(settings)
        , states_(states)
        , log_(log) {
        places_.reserve(states_.origins.size());
        for (std::size_t i = 0; i < states_.origins.size(); ++i)
            places_.emplace(Name{states_.origins[i].kind, states_.origins[i].name}, i);
    }

    Resolved run() {
        for (const SourceSettings& source : settings_.sources)
            take_over(OriginKind::source, source.name, source.was);
        for (const EntrySettings& entry : settings_.schedule)
            take_over(OriginKind::entry, entry.name, entry.was);
        // After all that was said in words.
        for (const SourceSettings& source : settings_.sources)
            if (!known(OriginKind::source, source.name))
                adopt(source);
        for (const SourceSettings& source : settings_.sources)
            note(OriginKind::source, source.name, what_it_reads(source), source.edition);
        for (const EntrySettings& entry : settings_.schedule)
            note(OriginKind::entry, entry.name, {}, entry.edition);
        resolved_.origins = Origins{states_.origins, configured_};
        return std::move(resolved_);
    }

private:
    using Name = std::pair<OriginKind, std::string>;
    struct NameHash {
        std::size_t operator()(const Name& name) const noexcept {
            return std::hash<std::string>{}(name.second) ^ static_cast<std::size_t>(name.first);
        }
    };

    OriginState* known(OriginKind kind, std::string_view name) {
        const auto place = places_.find(Name{kind, std::string{name}});
        return place == places_.end() ? nullptr : &states_.origins[place->second];
    }

    void rename(OriginKind kind, const std::string& from, const std::string& to, std::string_view why) {
        Rename rename;
        rename.kind = kind;
        rename.from = from;
        rename.to = to;
        auto place = places_.extract(Name{kind, from});
        place.key().second = to;
        places_.insert(std::move(place));
        rename_in(states_, rename);
        resolved_.changes.renames.push_back(std::move(rename));
        log_.info(kind == OriginKind::source ? "source.renamed" : "entry.renamed",
                  to + " is what was " + from + std::string{why} +
                      ": it keeps what was seen and posted under that name",
                  {{to_text(kind), to}, {"was", from}});
    }

    void take_over(OriginKind kind, const std::string& name, const std::string& was) {
        if (was.empty() || known(kind, was) == nullptr)
            return; // nothing was known under that name, or the rename is done
        if (known(kind, name) != nullptr) {
            log_.warning("config.was_ignored",
                         std::string{plural(kind)} + "." + name + ": `was: " + was +
                             "` comes too late, for " + name +
                             " has a memory of its own already; what was seen under " + was + " stays there",
                         {{to_text(kind), name}, {"was", was}});
            return;
        }
        rename(kind, was, name, {});
    }

    /// The one that is no longer in the configuration, read the same, and was looked at last.
    void adopt(const SourceSettings& source) {
        const std::string reads = what_it_reads(source);
        std::string best;
        Instant last = Instant::min();
        for (const OriginState& state : states_.origins) {
            Origin origin;
            origin.kind = OriginKind::source;
            origin.name = state.name;
            if (state.kind != OriginKind::source || state.reads != reads || configured_.has(origin))
                continue;
            Instant looked{};
            for (const SourceState& seen : states_.sources)
                if (seen.source == state.name)
                    looked = seen.last_poll;
            if (looked > last) {
                last = looked;
                best = state.name;
            }
        }
        if (!best.empty())
            rename(OriginKind::source, best, source.name, " (it reads the same)");
    }

    /// A name that was given away in a rename may come again, for something else.
    std::string free_identity(OriginKind kind, const std::string& name) {
        // Most starts see nothing new.
        if (identities_.empty())
            for (const OriginState& state : states_.origins)
                identities_.emplace(state.kind, state.identity);
        std::string identity = name;
        for (int n = 2; !identities_.emplace(kind, identity).second; ++n)
            identity = name + "#" + std::to_string(n);
        return identity;
    }

    void note(OriginKind kind, const std::string& name, std::string reads, int edition) {
        OriginState* state = known(kind, name);
        if (state != nullptr && state->reads == reads && state->edition == edition)
            return;
        if (state == nullptr) {
            OriginState fresh;
            fresh.kind = kind;
            fresh.name = name;
            fresh.identity = free_identity(kind, name);
            fresh.edition = edition;
            places_.emplace(Name{kind, name}, states_.origins.size());
            states_.origins.push_back(std::move(fresh));
            state = &states_.origins.back();
        }
        state->reads = std::move(reads);
        const bool raised = edition > std::exchange(state->edition, edition);
        resolved_.changes.origins.push_back(*state);
        if (raised && kind == OriginKind::entry)
            begin_anew(name);
    }

    /// The moments of an `at` are new ones under a new edition; a recurring entry has no past.
    void begin_anew(const std::string& name) {
        const EntrySettings* entry = configured_.entry(name);
        if (!entry->when.one_off())
            return;
        for (EntryState& state : states_.entries)
            if (state.entry == name) {
                state.fired = Instant{};
                resolved_.changes.entries.push_back(state);
            }
    }

    const Settings& settings_;
    Configured configured_;
    States& states_;
    Log& log_;
    std::unordered_map<Name, std::size_t, NameHash> places_; ///< in states_.origins
    std::unordered_set<Name, NameHash> identities_;          ///< of all of them, when first asked for
    Resolved resolved_;
};

} // namespace

Origins::Origins(const std::vector<OriginState>& known, const Configured& configured) {
    for (const OriginState& state : known) {
        if (state.identity != state.name)
            identities_.emplace(std::pair{state.kind, state.name}, state.identity);
        Origin origin;
        origin.kind = state.kind;
        origin.name = state.name;
        if (!configured.has(origin))
            gone_.push_back(std::move(origin));
    }
}

std::string Origins::identity(OriginKind kind, std::string_view name) const {
    const auto found = identities_.find(std::pair{kind, std::string{name}});
    return found != identities_.end() ? found->second : std::string{name};
}

std::string what_it_reads(const SourceSettings& source) {
    if (source.hook)
        return source.plugin + " " + source.hook->path;
    std::string reads = source.plugin + " " + source.url + command_text(source.command);
    if (source.url.empty())
        for (const auto& [key, value] : source.options)
            reads.append(key).append("=").append(value).append(" ");
    return reads;
}

Configured::Configured(const Settings& settings) {
    sources_.reserve(settings.sources.size());
    entries_.reserve(settings.schedule.size());
    for (const SourceSettings& source : settings.sources)
        sources_.insert(source.name);
    for (const EntrySettings& entry : settings.schedule)
        entries_.emplace(entry.name, &entry);
    sources_.insert(settings.elsewhere.sources.begin(), settings.elsewhere.sources.end());
    for (const std::string& name : settings.elsewhere.entries)
        entries_.emplace(name, nullptr);
}

const EntrySettings* Configured::entry(std::string_view name) const {
    const auto found = entries_.find(name);
    return found == entries_.end() ? nullptr : found->second;
}

bool Configured::has(const Origin& origin) const {
    switch (origin.kind) {
    case OriginKind::source:
        return sources_.count(origin.name) > 0;
    case OriginKind::entry:
        return entries_.count(origin.name) > 0;
    case OriginKind::manual:
        break;
    }
    return true;
}

Resolved resolve_origins(const Settings& settings, States& states, Log& log) {
    return Resolving{settings, states, log}.run();
}

} // namespace crier::engine
