#pragma once

#include "admin/order_json.hpp"
#include "engine/engine.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <vector>

/// `crier undo`, as requests say it and answers tell it.
namespace crier::admin {

/// `since` (RFC 3339, or how long ago), `account`, `origin` ("source:blog", "entry:greeting").
[[nodiscard]] Result<engine::UndoOrder> undo_from_parameters(const Query& parameters, Instant now);
[[nodiscard]] Result<engine::UndoOrder> undo_from_json(const boost::json::object& object, Instant now);

/// {"delete","cancel","doubt","left","pause","deletions"}
[[nodiscard]] boost::json::object to_json(const engine::Undone& undone);
[[nodiscard]] boost::json::array to_json(const std::vector<engine::Deletions>& deletions);

/// The posts of what is resumed.
[[nodiscard]] PostQuery query_of(const engine::Target& target);

} // namespace crier::admin
