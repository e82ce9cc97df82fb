#pragma once

#include "sdk/crier_plugin.hpp"

#include <boost/json/object.hpp>

#include <vector>

namespace crier::fediverse {

/// The media of a status, with the descriptions that their author gave them.
[[nodiscard]] std::vector<sdk::Media> attachments_of(const boost::json::object& status);

} // namespace crier::fediverse
