#pragma once

#include "core/failure.hpp"
#include "core/settings.hpp"
#include "ports/store.hpp"

#include <boost/asio/awaitable.hpp>

namespace crier::engine {

/// Is there an account, source or entry by the names that a person asks for posts by? One that is neither in
/// the configuration nor in the outbox is a slip of the pen, and "none" would be a wrong answer.
/// Errors: usage, with the nearest name; the store's.
[[nodiscard]] boost::asio::awaitable<Result<>> check_names(Store& store, const Settings& settings,
                                                           PostQuery query);

} // namespace crier::engine
