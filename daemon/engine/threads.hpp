#pragma once

#include "core/post.hpp"
#include "core/settings.hpp"
#include "ports/store.hpp"

#include <boost/asio/awaitable.hpp>

#include <vector>

/// Parts of threads that wait for one another, in the store.
namespace crier::engine {

/// The rows of all parts behind the one with this key, nearest first: also those that the thread had before
/// its item became shorter.
[[nodiscard]] boost::asio::awaitable<Result<std::vector<Post>>> rows_behind(Store& store, Digest key);

/// What the parts behind `before` become by what became of it, nearest first; empty when nothing changes.
/// Nothing is written.
[[nodiscard]] boost::asio::awaitable<Result<std::vector<Post>>> parts_behind(Store& store, Post before,
                                                                             Instant now);

/// Sets every part that waits right by the one before it: what was recorded of that one, and not yet of this
/// one, when the last life ended. Not of accounts elsewhere.
[[nodiscard]] boost::asio::awaitable<Result<>> settle_threads(const Settings& settings, Store& store,
                                                              Instant now);

} // namespace crier::engine
