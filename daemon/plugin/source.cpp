#include "plugin/source.hpp"

#include "plugin/command_source.hpp"
#include "plugin/file_source.hpp"
#include "plugin/folder_source.hpp"
#include "plugin/heard_source.hpp"
#include "plugin/object_source.hpp"
#include "plugin/registry.hpp"
#include "plugin/self_source.hpp"
#include "plugin/web_source.hpp"

#include <utility>

namespace crier::plugin {

namespace {

using Made = Result<std::unique_ptr<Source>>;

Failure nothing_to_read(const SourceSettings& settings, const std::string& key) {
    return Failure{Cause::config, settings.name + ": its plugin needs a `" + key + "`, and it has none"};
}

} // namespace

Made make_source(const SourceSettings& settings, const SourcePorts& ports, const std::string& moved_to) {
    if (settings.plugin == native_name)
        return Made{std::make_unique<ObjectSource>(settings, ports, moved_to)};
    const crier_plugin* table = find_built_in(settings.plugin);
    if (table == nullptr)
        return Failure{Cause::config, "there is no plugin \"" + settings.plugin + "\"",
                       "`crier check` names those that there are"};
    Result<std::shared_ptr<Reader>> reader = open_built_in(*table, settings.options, ports.pool);
    if (!reader)
        return Failure{reader.error().cause, settings.name + ": " + reader.error().message,
                       reader.error().hint};
    return make_source(settings, std::move(*reader), ports, moved_to);
}

Made make_source(const SourceSettings& settings, std::shared_ptr<Reader> reader, const SourcePorts& ports,
                 const std::string& moved_to) {
    const Supply supply = supply_of(reader->capabilities()).value_or(Supply::object);
    if (settings.hook && supply != Supply::inbound)
        return Failure{
            Cause::config, settings.name + ": its plugin does not read what others send",
            "remove `secret`, `unsigned` and `hook`, and say what it reads: `url`, `command` or `path`"};
    switch (supply) {
    case Supply::command:
        if (settings.command.empty())
            return nothing_to_read(settings, "command");
        return Made{std::make_unique<CommandSource>(std::move(reader), settings.command, settings.timeout,
                                                    settings.most_memory, ports.commands, ports.clock)};
    case Supply::folder:
        if (!settings.folder)
            return nothing_to_read(settings, "path");
        return Made{std::make_unique<FolderSource>(std::move(reader), *settings.folder, ports.pool,
                                                   ports.clock, ports.folders)};
    case Supply::object:
        return Made{std::make_unique<SelfSource>(std::move(reader), settings.object, ports.clock)};
    case Supply::inbound:
        if (!settings.hook)
            return Failure{Cause::unsupported,
                           settings.name + ": its plugin reads what others send, and hears nothing here",
                           "give the source a `secret`, and say under `inbound:` where crier listens"};
        return Made{std::make_unique<HeardSource>(std::move(reader), settings.hook->path, ports.clock)};
    case Supply::address:
        break;
    }
    const std::string& url = moved_to.empty() ? settings.url : moved_to;
    if (url.empty())
        return nothing_to_read(settings, "url");
    if (url.front() == '/')
        return Made{std::make_unique<FileSource>(std::move(reader), url, ports.clock)};
    return Made{
        std::make_unique<WebSource>(std::move(reader), url, settings.allow_private, ports.http, ports.clock)};
}

} // namespace crier::plugin
