#pragma once

#include "core/item.hpp"
#include "engine/status.hpp"
#include "engine/why.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

/// What `--json` prints and the local interface answers: fields may be added, never changed. Times are RFC
/// 3339 in UTC.
namespace crier::admin {

[[nodiscard]] boost::json::object to_json(const Post& post);
[[nodiscard]] boost::json::object to_json(const Attempt& attempt);
[[nodiscard]] boost::json::object to_json(const Amendment& amendment);
[[nodiscard]] boost::json::object to_json(const engine::Status& status);
[[nodiscard]] boost::json::object to_json(const engine::Acted& acted);
[[nodiscard]] boost::json::object to_json(const engine::Why& why);
[[nodiscard]] boost::json::object to_json(const Item& item);
[[nodiscard]] boost::json::object to_json(const engine::Upcoming& upcoming);
[[nodiscard]] boost::json::object to_json(const Failure& failure);

} // namespace crier::admin
