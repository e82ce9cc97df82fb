#pragma once

#include "core/settings.hpp"
#include "ports/source.hpp"
#include "ports/store.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>
#include <utility>
#include <vector>

namespace crier::engine {

/// Items of a source that are still there: each one's id, and what it is known by.
using ShownItems = std::vector<std::pair<std::string, Digest>>;

/// What became of those that have come to their end: on all the source's accounts they were published, given
/// up, or passed over. What waits for anything (a person, a limit, its time) is not among them.
///
/// `identity`: what the source's posts are known by.
[[nodiscard]] boost::asio::awaitable<Result<std::vector<Fate>>>
fates_of(Store& store, const Settings& settings, const SourceSettings& source, std::string identity,
         ShownItems items);

} // namespace crier::engine
