#include "config/entries.hpp"

#include "config/approval.hpp"
#include "config/command.hpp"
#include "config/fuse.hpp"
#include "config/posts.hpp"
#include "config/quiet.hpp"
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

constexpr MissingProgram nothing_without{true, "nothing is posted until it is there"};

std::optional<Draw> read_draw(const Given<DrawDraft>& given) {
    if (!given || given.value.from.value.empty())
        return std::nullopt;
    const DrawDraft& said = given.value;
    Draw draw;
    draw.from = std::string{said.from.value};
    draw.order = said.order.value;
    draw.date = said.date.value;
    if (said.repeat_after)
        draw.repeat_after = said.repeat_after.value;
    draw.when_empty = said.when_empty.value;
    return draw;
}

/// A command is a source like any other, but for its having no name of its own.
std::shared_ptr<const SourceSettings> read_run(Scope& scope, const Given<RunDraft>& given,
                                               const EntrySettings& entry, const Path& path) {
    const Path below{&path, "run"};
    auto source = std::make_shared<SourceSettings>();
    source->command = read_command(scope, given.value.command, Path{&below, "command"}, nothing_without);
    if (source->command.empty())
        return nullptr;
    source->name = entry.name;
    source->plugin = "exec";
    source->timeout = given.value.timeout.value;
    source->place = entry.place;
    return source;
}

std::optional<Condition> read_condition(Scope& scope, const Given<OnlyIfDraft>& given, const Path& path) {
    const Path below{&path, "only_if"};
    Condition condition;
    condition.command = read_command(scope, given.value.command, Path{&below, "command"}, nothing_without);
    if (condition.command.empty())
        return std::nullopt;
    condition.timeout = given.value.timeout.value;
    return condition;
}

/// What the entry's posts are made from; nothing and a problem where it says two things.
void read_content(Scope& scope, const EntryDraft& said, EntrySettings& entry, const Path& path) {
    entry.draw = read_draw(said.draw);
    if (said.run)
        entry.run = read_run(scope, said.run, entry, path);
    if (said.only_if && said.only_if.value.command)
        entry.only_if = read_condition(scope, said.only_if, path);
    if (said.draw && said.run)
        scope.problems().error_at(Path{&path, "run"}, said.run.at, said.run.at.key_position(),
                                  "draw and run exclude each other", "make two entries of them");
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
    auto when = read_calendar(scope, said, at, entry.timezone, zone, path);
    if (when)
        entry.when = std::move(*when);
    entry.missed.policy = said.missed.value.policy.value;
    entry.missed.within = said.missed.value.within.value;
    if (said.expires_after)
        entry.expires_after = said.expires_after.value;
    entry.jitter = said.jitter.value;
    if (QuietTimes quiet = read_quiet(scope, said.quiet, said.blackout, entry.timezone, path); !quiet.empty())
        entry.quiet = std::move(quiet);
    entry.when_quiet = said.when_quiet.value;
    if (const Approval approval = read_approval(said.approval, said.approve_within); approval != Approval{})
        entry.approval = approval;
    entry.fuse = read_fuse(scope, said.fuse, scope.fuse, Path{&path, "fuse"});
    read_content(scope, said, entry, path);

    const Path post_path{&path, "post"};
    const Material& material = said.draw || said.run ? drawn_material() : entry_material();
    const Layer own = read_layer(scope, said.post.value, material, post_path);
    const std::vector<Target> targets =
        read_targets(scope, said.account, said.accounts, at, entry_target_section(), material, path);
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
    if (!when || entry.targets.empty())
        return std::nullopt;
    return entry;
}

} // namespace crier::config
