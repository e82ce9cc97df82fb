#pragma once

#include "core/failure.hpp"
#include "plugin/instance.hpp"
#include "ports/worker_pool.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace crier::plugin {

/// A source's plugin with its settings, wherever it runs.
///
/// Thread: the engine's. One call at a time.
/// Errors: the plugin's own words, or what became of it.
/// Cancellation: terminal.
class Reader {
public:
    virtual ~Reader() = default;

    /// CRIER_PLUGIN_FETCHES and so on.
    [[nodiscard]] virtual std::uint32_t capabilities() const noexcept = 0;
    [[nodiscard]] virtual bool has(Entrance entrance) const noexcept = 0;
    [[nodiscard]] virtual boost::asio::awaitable<Result<Parsed>> read(Entrance entrance,
                                                                      Material material) = 0;
};

using Options = std::vector<std::pair<std::string, std::string>>;

/// A plugin of this program's own. What is large it reads on the pool.
///
/// Ownership: the table and the pool outlive it.
[[nodiscard]] Result<std::shared_ptr<Reader>> open_built_in(const crier_plugin& table, const Options& options,
                                                            WorkerPool& pool);

} // namespace crier::plugin
