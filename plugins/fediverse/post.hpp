#pragma once

#include "fediverse/options.hpp"
#include "sdk/crier_plugin.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>

namespace crier::fediverse {

/// A status as an item. Nothing: it is not wanted; or `trouble` says what is wrong with it. `host`: of the
/// server that was asked, where names without a host are at home.
[[nodiscard]] std::optional<sdk::Item> item_of(const boost::json::object& status, const Options& options,
                                               const std::string& host, std::string& trouble);

} // namespace crier::fediverse
