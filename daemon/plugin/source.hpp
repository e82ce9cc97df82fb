#pragma once

#include "core/settings.hpp"
#include "plugin/reader.hpp"
#include "ports/clock.hpp"
#include "ports/command_runner.hpp"
#include "ports/folder_watcher.hpp"
#include "ports/http_client.hpp"
#include "ports/source.hpp"
#include "ports/worker_pool.hpp"

#include <memory>
#include <string>

namespace crier::plugin {

/// What sources are made of. All of it outlives them.
struct SourcePorts {
    HttpClient& http;
    CommandRunner& commands;
    WorkerPool& pool;
    Clock& clock;
    FolderWatcher* folders; ///< null: nothing is watched
    std::string program;    ///< crier's own absolute path: shared objects are read by a process of it
};

/// A source of the configuration with its plugin opened. `moved_to`: where its address has moved for good, or
/// empty.
///
/// Ownership: `settings` is copied.
/// Errors: an unknown plugin, or settings that it does not take (Cause::config).
[[nodiscard]] Result<std::unique_ptr<Source>>
make_source(const SourceSettings& settings, const SourcePorts& ports, const std::string& moved_to);

/// The same with its plugin opened by the caller.
[[nodiscard]] Result<std::unique_ptr<Source>> make_source(const SourceSettings& settings,
                                                          std::shared_ptr<Reader> reader,
                                                          const SourcePorts& ports,
                                                          const std::string& moved_to);

} // namespace crier::plugin
