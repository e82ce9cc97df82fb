#pragma once

#include "core/failure.hpp"
#include "core/time.hpp"
#include "plugin/cursor.hpp"
#include "plugin/instance.hpp"
#include "ports/source.hpp"
#include "ports/worker_pool.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

namespace crier::plugin {

/// Of one look. More is no feed, or one that should not be fetched every quarter of an hour.
inline constexpr std::size_t most_bytes = std::size_t{32} << 20U;

/// What came, before anybody has read it.
struct Document {
    std::string bytes;
    std::string type;
    std::string base_url;
    std::string place; ///< where it came from, as people are told: an address without its secrets, or a path
    Cursor cursor;     ///< without the digest
    std::optional<Duration> wait;

    Document() = default; // no aggregate: it travels through coroutines (docs/ARCHITECTURE.md, "Traps")
};

/// The document's items; one that is the same as at the last look is not read again. Those of more than 64
/// KiB are read on the pool.
///
/// `last_digest`: of the document of the last look at the same place; empty: there was none.
/// Errors: the plugin's, with the place.
[[nodiscard]] boost::asio::awaitable<Result<SourceYield>> read_document(std::shared_ptr<Instance> instance,
                                                                        WorkerPool& pool, Document document,
                                                                        std::string last_digest);

} // namespace crier::plugin
