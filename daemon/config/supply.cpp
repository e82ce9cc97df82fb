#include "config/supply.hpp"

#include "config/command.hpp"
#include "config/each_text.hpp"

#include <array>
#include <cstddef>

namespace crier::config {
namespace {

/// A key that belongs to some plugins only.
struct SupplyKey {
    std::string_view key;
    Ref at;
    std::array<bool, 5> wanted_by; ///< by Supply: address, command, folder, inbound, object
    std::string_view else_hint;    ///< who takes it
};

std::array<SupplyKey, 14> keys_of(const SourceDraft& said) {
    constexpr std::string_view reads = "the plugins feed, queue, calendar and fediverse read addresses";
    constexpr std::string_view runs = "plugin: exec runs programs";
    constexpr std::string_view looks = "plugin: directory looks into folders";
    constexpr std::string_view loads = "plugin: native loads shared objects";
    constexpr std::string_view is_sent = "plugin: webhook hears what others send";
    constexpr std::string_view takes_time = "plugin: exec and plugin: native take time";
    return {{{"url", said.url.at, {true, false, false, false, true}, reads},
             {"command", said.command.at, {false, true, false, false, false}, runs},
             {"timeout", said.timeout.at, {false, true, false, false, true}, takes_time},
             {"memory", said.memory.at, {false, true, false, false, true}, takes_time},
             {"path", said.path.at, {false, false, true, false, true}, looks},
             {"match", said.match.at, {false, false, true, false, true}, looks},
             {"recursive", said.recursive.at, {false, false, true, false, true}, looks},
             {"after", said.after.at, {false, false, true, false, true}, looks},
             {"object", said.object.at, {false, false, false, false, true}, loads},
             {"settings", said.settings.at, {false, false, false, false, true}, loads},
             {"secret", said.secret.at, {false, false, false, true, true}, is_sent},
             {"unsigned", said.unsigned_.at, {false, false, false, true, true}, is_sent},
             {"hook", said.hook.at, {false, false, false, true, true}, is_sent},
             {"websub", said.websub.at, {true, false, false, false, true}, reads}}};
}

constexpr std::size_t mebibyte = std::size_t{1} << 20U;

} // namespace

void check_supply(Scope& scope, const PluginInfo& plugin, const SourceDraft& said, Ref at, const Path& path) {
    const auto needs = [&](Ref given, std::string_view key, std::string_view example) {
        if (!given)
            scope.problems().error(path, at, "the source has no " + std::string{key},
                                   "for example " + std::string{key} + ": " + std::string{example});
    };
    switch (plugin.supply) {
    case Supply::address:
        needs(said.url.at, "url", "https://example.org/feed.xml");
        break;
    case Supply::command:
        needs(said.command.at, "command", "[/usr/local/bin/new-books, --json]");
        break;
    case Supply::folder:
        needs(said.path.at, "path", "/srv/posts");
        break;
    case Supply::object:
        needs(said.object.at, "object", "/opt/crier/weather.so");
        break;
    case Supply::inbound:
        break;
    }
    for (const SupplyKey& one : keys_of(said))
        if (one.at && !one.wanted_by.at(static_cast<std::size_t>(plugin.supply)))
            scope.problems().error_at(Path{&path, one.key}, one.at, one.at.key_position(),
                                      "the plugin " + plugin.name + " has no use for it",
                                      "remove it; " + std::string{one.else_hint});
}

void read_supply(Scope& scope, SourceSettings& source, const SourceDraft& said, const Path& path) {
    source.command =
        read_command(scope, said.command, Path{&path, "command"},
                     MissingProgram{false, "relative paths start from the file that names them"});
    source.timeout = said.timeout.value;
    if (said.object && !said.object.value.empty()) {
        source.object = scope.files.absolute(said.object.at, said.object.value);
        source.most_memory = object_memory;
    }
    if (said.memory)
        source.most_memory = static_cast<std::size_t>(said.memory.value) * mebibyte;
    if (said.settings && said.settings.value) {
        const Path below{&path, "settings"};
        for (const Ref child : said.settings.value)
            add_option(scope, source.options, std::string{child.key()}, child, Path{&below, child.key()});
    }
    if (!said.path || said.path.value.empty())
        return;
    SourceFolder& folder = source.folder.emplace();
    folder.path = scope.files.absolute(said.path.at, said.path.value);
    while (folder.path.size() > 1 && folder.path.back() == '/')
        folder.path.pop_back();
    if (said.match)
        each_text(said.match.value, path, [&](Ref at, const Path&) { folder.match.emplace_back(at.text()); });
    folder.recursive = said.recursive.value;
    folder.after = said.after.value;
}

void add_option(Scope& scope, std::vector<std::pair<std::string, std::string>>& options,
                const std::string& key, Ref at, const Path& path) {
    switch (at.kind()) {
    case Kind::scalar:
        options.emplace_back(key, std::string{at.text()});
        return;
    case Kind::list: {
        int index = 0;
        for (const Ref item : at)
            add_option(scope, options, key, item, Path{&path, {}, index++});
        return;
    }
    case Kind::map:
        for (const Ref child : at)
            add_option(scope, options, key + '.' + std::string{child.key()}, child, Path{&path, child.key()});
        return;
    case Kind::null:
        scope.problems().error(path, at, "expected a value, found nothing",
                               at.hidden_by_hash() ? "an unquoted # begins a comment: put the text in quotes"
                                                   : std::string{});
        return;
    case Kind::broken:
        return;
    }
}

} // namespace crier::config
