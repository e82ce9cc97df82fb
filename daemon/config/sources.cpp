#include "config/address.hpp"
#include "config/approval.hpp"
#include "config/entries.hpp"
#include "config/filters.hpp"
#include "config/fuse.hpp"
#include "config/inbound.hpp"
#include "config/interval.hpp"
#include "config/posts.hpp"
#include "config/supply.hpp"
#include "config/targets.hpp"
#include "config/words.hpp"
#include "core/nearest.hpp"
#include "core/text/plain.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace crier::config {
namespace {

const PluginInfo* find_plugin(Scope& scope, const GivenText& given, const Path& path) {
    const std::vector<PluginInfo>& plugins = scope.context.plugins;
    const auto found = std::find_if(plugins.begin(), plugins.end(),
                                    [&](const PluginInfo& plugin) { return plugin.name == given.value; });
    if (found != plugins.end())
        return &*found;
    std::vector<std::string_view> names;
    names.reserve(plugins.size());
    for (const PluginInfo& plugin : plugins)
        names.push_back(plugin.name);
    const std::string near = nearest(given.value, names);
    scope.problems().error(path, given.at, "there is no plugin " + quoted(given.value),
                           !near.empty()   ? "did you mean '" + near + "'?"
                           : names.empty() ? "this program has no plugins"
                                           : "plugins here: " + text::enumerate(names, "and"));
    return nullptr;
}

void unknown_option(Scope& scope, const PluginInfo& plugin, Ref at, const Path& path) {
    std::vector<std::string_view> keys{plugin.options.begin(), plugin.options.end()};
    for (const Row& row : source_section().rows)
        keys.push_back(row.key);
    const std::string near = nearest(at.key(), keys);
    std::string hint;
    if (!near.empty())
        hint = "did you mean '" + near + "'?";
    else if (plugin.options.empty())
        hint = "the plugin " + plugin.name + " has no keys of its own";
    else
        hint = "keys of the plugin " + plugin.name + ": " +
               text::enumerate(std::vector<std::string_view>{plugin.options.begin(), plugin.options.end()},
                               "and");
    scope.problems().error_at(path, at, at.key_position(), "unknown key", std::move(hint));
}

/// An address, or a file as an absolute path.
std::string read_url(Scope& scope, const GivenText& given, bool allow_private, const Path& path) {
    const std::string_view text = given.value;
    const std::size_t scheme = text.find("://");
    if (scheme == std::string_view::npos)
        return scope.files.absolute(given.at, text);
    if (text.substr(0, scheme) == "file")
        return scope.files.absolute(given.at, text.substr(scheme + 3));
    const auto address = parse_address(text);
    if (!address) {
        scope.problems().error(path, given.at, address.error().message, address.error().hint);
        return {};
    }
    if (is_private(address->host) && !allow_private)
        scope.problems().error(path, given.at, "this address is on this machine or in a private network",
                               "if it is meant, say allow_private: true");
    else if (!address->https && !is_private(address->host))
        scope.problems().warning(path, given.at, "without https, anyone on the way can change what is posted",
                                 "write https:// if the server has it");
    return std::string{text};
}

/// `by_default`: what counts where nothing is said.
FirstRun read_first_run(Scope& scope, const GivenNode& given, FirstRun by_default, const Path& path) {
    FirstRun first = by_default;
    if (!given || !given.value)
        return first;
    const Ref at = given.value;
    if (at.text() == "all") {
        first.publish.reset();
        return first;
    }
    Row number = *find_row(first_run_section(), "publish");
    number.most = 10'000;
    int count = 0;
    if (scope.reader.value(number, at, path, count))
        first.publish = count;
    return first;
}

/// Two targets whose posts come from the same layers share one. (A status that they name is of one server.)
bool same(const Layer& a, const Layer& b) {
    return !a.said.in_reply_to && !b.said.in_reply_to && !a.said.quote && !b.said.quote &&
           a.said.cw_rules.at == b.said.cw_rules.at && a.said.metadata.at == b.said.metadata.at &&
           a.said.content_type.at == b.said.content_type.at &&
           a.said.quote_policy.at == b.said.quote_policy.at && a.said.local_only.at == b.said.local_only.at &&
           a.said.pin.at == b.said.pin.at && a.said.poll.at == b.said.poll.at &&
           a.said.status.at == b.said.status.at && a.said.media.at == b.said.media.at &&
           a.said.spoiler_text.at == b.said.spoiler_text.at && a.said.visibility.at == b.said.visibility.at &&
           a.said.language.at == b.said.language.at && a.said.sensitive.at == b.said.sensitive.at &&
           a.said.overflow.at == b.said.overflow.at && a.said.thread_counter.at == b.said.thread_counter.at &&
           a.said.mentions.at == b.said.mentions.at && a.said.missing_alt.at == b.said.missing_alt.at;
}

/// It makes nothing by itself, so whatever says what it would make is meant for somebody else.
void check_on_demand(Scope& scope, const SourceDraft& said, const Path& path) {
    for (const auto& [key, at] : {std::pair{"account", said.account.at},
                                  std::pair{"accounts", said.accounts.at}, std::pair{"post", said.post.at}})
        if (at)
            scope.problems().error_at(Path{&path, key}, at, at.key_position(),
                                      "a source that is drawn from on demand posts nothing by itself",
                                      "say it in the entries that draw from it");
}

} // namespace

namespace {

/// What will never come true is better known at once.
void check_amendments(Scope& scope, const PluginInfo& plugin, const SourceDraft& said, const Path& path) {
    if (said.on_update.value == OnUpdate::edit && !plugin.edits)
        scope.problems().warning(Path{&path, "on_update"}, said.on_update.at,
                                 "the plugin " + plugin.name +
                                     " does not show an item again in other words: nothing will be edited");
    if (said.on_delete.value == OnDelete::remove && !plugin.deletes)
        scope.problems().warning(Path{&path, "on_delete"}, said.on_delete.at,
                                 "the plugin " + plugin.name +
                                     " does not say which items were taken back: nothing will be deleted");
}

} // namespace

std::optional<SourceSettings> read_source(Scope& scope, const std::string& name, Ref at, const Path& path) {
    SourceDraft said = preset<SourceDraft>(source_section());
    std::vector<Ref> others;
    if (!scope.reader.fill(source_section(), &said, at, path, &others) && !at.is(Kind::map))
        return std::nullopt;
    SourceSettings source;
    source.name = name;
    source.place = place_of(at, at.key_position());
    source.plugin = std::string{said.plugin.value};
    const PluginInfo* plugin = nullptr;
    if (said.plugin && !said.plugin.value.empty())
        plugin = find_plugin(scope, said.plugin, Path{&path, "plugin"});
    if (plugin != nullptr) {
        for (const Ref other : others) {
            const Path below{&path, other.key()};
            const std::string key{other.key()};
            if (std::find(plugin->options.begin(), plugin->options.end(), key) == plugin->options.end())
                unknown_option(scope, *plugin, other, below);
            else
                add_option(scope, source.options, key, other, below);
        }
        check_supply(scope, *plugin, said, at, path);
        check_amendments(scope, *plugin, said, path);
    }
    if (plugin != nullptr) {
        source.links_tell = !plugin->own && !plugin->clock;
        source.repeats = plugin->clock;
    }
    source.was = former_name(scope, said.was, name, Path{&path, "was"});
    source.edition = said.edition.value;
    source.allow_private = said.allow_private.value;
    if (said.url && !said.url.value.empty())
        source.url = read_url(scope, said.url, source.allow_private, Path{&path, "url"});
    read_supply(scope, source, said, path);
    const bool publishes = plugin != nullptr && plugin->supply == Supply::address && !plugin->own;
    read_interval(scope, said.poll, publishes, source, Path{&path, "poll"});
    // What a shared object reads it says itself, at its first use; by these keys it is known before.
    const bool object_hears =
        plugin != nullptr && plugin->supply == Supply::object && (said.secret || said.unsigned_ || said.hook);
    if (object_hears || (plugin != nullptr && plugin->supply == Supply::inbound))
        source.hook = read_hook(scope, name, said, at, path);
    source.links_tell = source.links_tell && !source.hook;
    const Path first_path{&path, "first_run"};
    const FirstRun by_default{plugin != nullptr && plugin->own ? std::nullopt : std::optional{0}};
    source.first_run =
        read_first_run(scope, said.first_run.value.publish, by_default, Path{&first_path, "publish"});
    if (said.max_age)
        source.max_age = said.max_age.value;
    source.identify_by = said.identity.value;
    if (said.max_per_poll)
        source.per_look = said.max_per_poll.value;
    source.delay = said.delay.value;
    source.spacing = said.spacing.value;
    source.on_update = said.on_update.value;
    source.on_delete = said.on_delete.value;
    source.approval = read_approval(said.approval, said.approve_within);
    source.websub = said.websub.value;
    source.strip_tracking = said.strip_tracking.value;
    source.dedupe = said.dedupe.value;
    source.fuse = read_fuse(scope, said.fuse, scope.fuse, Path{&path, "fuse"});

    const Layer own = read_layer(scope, said.post.value, item_material(), Path{&path, "post"});
    std::optional<FilterLayer> filter;
    if (said.filter && said.filter.value)
        filter = read_filter(scope, said.filter.value, nullptr, Path{&path, "filter"});
    source.on_demand = said.on_demand.value;
    source.filter = merged_filter(filter, std::nullopt);
    if (source.on_demand) {
        check_on_demand(scope, said, path);
        return source;
    }
    const std::vector<Target> targets =
        read_targets(scope, said.account, said.accounts, at, source_target_section(), item_material(), path,
                     filter ? &*filter : nullptr);
    std::vector<Layer> layers;
    for (const Target& target : targets) {
        Layer layer = scope.accounts.find(target.account)->second;
        overlay(layer, own);
        if (target.post)
            overlay(layer, *target.post);
        PostTarget made;
        made.account = std::string{target.account};
        made.filter = merged_filter(filter, target.filter);
        for (std::size_t i = 0; i < layers.size() && !made.post; ++i)
            if (same(layers[i], layer))
                made.post = source.targets[i].post;
        if (!made.post)
            made.post = make_post(scope, layer, said.post ? said.post.at : at, path, target.account);
        if (!made.post)
            continue;
        source.targets.push_back(std::move(made));
        layers.push_back(std::move(layer));
    }
    if (source.targets.empty())
        return std::nullopt;
    return source;
}

} // namespace crier::config
