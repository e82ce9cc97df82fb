#pragma once

#include "core/settings.hpp"
#include "ports/clock.hpp"
#include "ports/command_runner.hpp"
#include "ports/http_client.hpp"
#include "ports/source.hpp"
#include "ports/worker_pool.hpp"

#include <memory>
#include <string>

namespace crier::plugin {

/// A source of the configuration with its plugin opened. What the plugin reads is fetched from `url` (a file,
/// where that is an absolute path) or written by `command`, by what the plugin is for. `moved_to`: where its
/// address has moved for good, or empty.
///
/// Ownership: http, commands, pool and clock must outlive it; `settings` is copied.
/// Errors: an unknown plugin, or settings that it does not take (Cause::config).
[[nodiscard]] Result<std::unique_ptr<Source>> make_source(const SourceSettings& settings, HttpClient& http,
                                                          CommandRunner& commands, WorkerPool& pool,
                                                          Clock& clock, const std::string& moved_to);

} // namespace crier::plugin
