#include "plugin/source.hpp"

#include "plugin/command_source.hpp"
#include "plugin/file_source.hpp"
#include "plugin/instance.hpp"
#include "plugin/registry.hpp"
#include "plugin/web_source.hpp"

#include <utility>

namespace crier::plugin {

Result<std::unique_ptr<Source>> make_source(const SourceSettings& settings, HttpClient& http,
                                            CommandRunner& commands, WorkerPool& pool, Clock& clock,
                                            const std::string& moved_to) {
    const crier_plugin* table = find_built_in(settings.plugin);
    if (table == nullptr)
        return Failure{Cause::config, "there is no plugin \"" + settings.plugin + "\"",
                       "`crier check` names those that there are"};
    Result<std::shared_ptr<Instance>> instance = Instance::open(*table, settings.options);
    if (!instance)
        return Failure{instance.error().cause, settings.name + ": " + instance.error().message,
                       instance.error().hint};
    if ((table->capabilities & CRIER_PLUGIN_RUNS) != 0)
        return std::unique_ptr<Source>{std::make_unique<CommandSource>(std::move(*instance), settings.command,
                                                                       settings.timeout, commands, pool)};
    const std::string& url = moved_to.empty() ? settings.url : moved_to;
    if (!url.empty() && url.front() == '/')
        return std::unique_ptr<Source>{std::make_unique<FileSource>(std::move(*instance), url, pool)};
    return std::unique_ptr<Source>{
        std::make_unique<WebSource>(std::move(*instance), url, settings.allow_private, http, pool, clock)};
}

} // namespace crier::plugin
