#pragma once

#include "core/look_rule.hpp"
#include "core/rhythm.hpp"
#include "core/subscription.hpp"

#include <boost/json/object.hpp>

/// When to look, as JSON: for cursors and for what a shared object's process says. What is no number is as if
/// it were not there.
namespace crier::plugin {

[[nodiscard]] boost::json::object to_json(const LookRule& rule);
[[nodiscard]] LookRule look_rule_of(const boost::json::object& object);

[[nodiscard]] boost::json::object to_json(const Hub& hub);
[[nodiscard]] Hub hub_of(const boost::json::object& object);

[[nodiscard]] boost::json::object to_json(const Rhythm& rhythm);
[[nodiscard]] Rhythm rhythm_from(const boost::json::object& object);

} // namespace crier::plugin
