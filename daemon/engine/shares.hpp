#pragma once

#include "core/settings.hpp"
#include "ports/leases.hpp"

#include <cstddef>
#include <vector>

/// What several daemons on one store divide among them. Each works on whole shares: all that posts to an
/// account is in its share, so that nothing which one of them makes concerns another's lane.
namespace crier::engine {

/// The configuration's accounts, sources and entries, grouped by what posts to what: an entry or source with
/// the accounts that it posts to, a source with the entries that draw from it, accounts that post with one
/// token. The order depends on the configuration alone. Takes as long as to read it once; thread: any.
[[nodiscard]] std::vector<Share> shares_of(const Settings& settings);

/// The configuration as far as these shares go (places in `shares`, rising), and the names of all else in
/// Settings::elsewhere. Thread: any.
[[nodiscard]] Settings part_of(const Settings& whole, const std::vector<Share>& shares,
                               const std::vector<std::size_t>& held);

} // namespace crier::engine
