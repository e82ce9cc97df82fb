#pragma once

#include "core/settings.hpp"
#include "ports/clock.hpp"
#include "ports/http_client.hpp"
#include "ports/source.hpp"
#include "ports/worker_pool.hpp"

#include <memory>
#include <string>

namespace crier::plugin {

/// A source of the configuration with its plugin opened. `moved_to`: where its address has moved for good, or
/// empty. A `url` that is an absolute path is read as a file.
///
/// The host fetches (conditionally, within bounds), the plugin reads. Documents of more than 64 KiB are read
/// on the pool.
///
/// Ownership: http, pool and clock must outlive it; `settings` is copied.
/// Errors: an unknown plugin, or settings that it does not take (Cause::config).
[[nodiscard]] Result<std::unique_ptr<Source>> make_source(const SourceSettings& settings, HttpClient& http,
                                                          WorkerPool& pool, Clock& clock,
                                                          const std::string& moved_to);

} // namespace crier::plugin
