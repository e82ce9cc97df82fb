#pragma once

#include "engine/origins.hpp"
#include "ports/clock.hpp"

#include <boost/asio/awaitable.hpp>

#include <set>
#include <string>

/// What a changed configuration does to posts that wait and were never attempted. What is in doubt or on its
/// way is none of it: that is resolved all the same.
namespace crier::engine {

/// Holds the posts of entries and sources that are no longer in the configuration, lets those of returned
/// ones go on, and cancels those whose instant their entry no longer has. `touched`: the accounts whose posts
/// it changes are added.
///
/// Errors: the store's; what was written before stands, and a repeat goes on with the rest.
[[nodiscard]] boost::asio::awaitable<Result<>> settle_changes(const Settings& settings,
                                                              const Origins& origins, Store& store,
                                                              Clock& clock, Log& log,
                                                              std::set<std::string>& touched);

} // namespace crier::engine
