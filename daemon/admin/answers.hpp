#pragma once

#include "core/failure.hpp"
#include "ports/http_server.hpp"

#include <boost/json/object.hpp>

#include <string_view>

/// The shape of every answer, and of what it is an answer to.
namespace crier::admin {

[[nodiscard]] LocalResponse ok(const boost::json::object& object);
/// With the status that fits the failure's cause.
[[nodiscard]] LocalResponse refuse(const Failure& failure);
[[nodiscard]] LocalResponse wrong_method(const LocalRequest& request, std::string_view right);

/// The request's body; an empty one is an object without fields.
[[nodiscard]] Result<boost::json::object> body_of(const LocalRequest& request);

} // namespace crier::admin
