#pragma once

#include <boost/json/value.hpp>

#include <string_view>

namespace crier::kit {

/// What stands at "story.images.0.url": keys, and numbers from 0 for places in lists. Null: nothing. A key
/// that is called like the path's rest, dots and all, comes first.
[[nodiscard]] const boost::json::value* at_path(const boost::json::value& value, std::string_view path);

} // namespace crier::kit
