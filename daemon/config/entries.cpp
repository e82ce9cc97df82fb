#include "config/entries.hpp"

#include "config/fuse.hpp"
#include "config/posts.hpp"
#include "config/rules.hpp"
#include "config/targets.hpp"

#include <utility>

namespace crier::config {
namespace {

/// The entry's own name, before anything else is read, so that all its problems go by it.
Path path_of(Ref at, int index, const Path& list) {
    if (at.is(Kind::map))
        for (const Ref child : at)
            if (child.key() == "name" && child.is(Kind::scalar) && !child.text().empty())
                return {&list, child.text()};
    return {&list, {}, index};
}

} // namespace

std::optional<EntrySettings> read_entry(Scope& scope, Ref at, int index, const Path& list) {
    const Path path = path_of(at, index, list);
    static const EntryDraft fresh = preset<EntryDraft>(entry_section());
    EntryDraft said = fresh;
    if (at.is(Kind::null)) {
        scope.problems().error(path, at, "an empty item of the list", "remove its '-'");
        return std::nullopt;
    }
    const bool whole = scope.reader.fill(entry_section(), &said, at, path);
    if (!whole && !at.is(Kind::map))
        return std::nullopt;
    EntrySettings entry;
    entry.name = std::string{said.name.value};
    entry.place = place_of(at);
    if (said.name && !said.name.value.empty())
        scope.good_name(said.name.value, said.name.at, said.name.at.position(), Path{&path, "name"});
    entry.was = former_name(scope, said.was, entry.name, Path{&path, "was"});
    entry.edition = said.edition.value;
    entry.timezone = said.timezone ? std::string{said.timezone.value} : scope.timezone;
    const schedule::Zone* const zone = said.timezone && !entry.timezone.empty()
                                           ? scope.zone(said.timezone, Path{&path, "timezone"})
                                           : scope.zone(scope.timezone);
    auto rule = read_rule(scope, said, at, entry.timezone, zone, path);
    if (rule)
        entry.rule = std::move(*rule);
    entry.missed.policy = said.missed.value.policy.value;
    entry.missed.within = said.missed.value.within.value;
    if (said.expires_after)
        entry.expires_after = said.expires_after.value;
    entry.jitter = said.jitter.value;
    entry.fuse = read_fuse(scope, said.fuse, scope.fuse, Path{&path, "fuse"});

    const Path post_path{&path, "post"};
    const Layer own = read_layer(scope, said.post.value, entry_variables(), false, post_path);
    const std::vector<Target> targets = read_targets(scope, said.account, said.accounts, at,
                                                     entry_target_section(), entry_variables(), false, path);
    for (const Target& target : targets) {
        Layer layer = scope.accounts.find(target.account)->second;
        overlay(layer, own);
        if (target.post)
            overlay(layer, *target.post);
        PostTarget made;
        made.account = std::string{target.account};
        made.post = make_post(scope, layer, said.post ? said.post.at : at, path, target.account);
        if (made.post)
            entry.targets.push_back(std::move(made));
    }
    if (!rule || entry.targets.empty())
        return std::nullopt;
    return entry;
}

} // namespace crier::config
