#pragma once

#include "sdk/crier_plugin.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace crier::exec {

/// Whether an object is no item but something that the program wants to have done: it has one of the keys
/// cursor, wait, warning, fetch and error, and nothing that an item is known by.
[[nodiscard]] bool is_control(const boost::json::object& object);

/// Does it. What is wrong is a warning with `place` before it; `error` throws sdk::Error with its words.
void control(const boost::json::object& object, const std::string& place, sdk::Sink& sink);

} // namespace crier::exec
