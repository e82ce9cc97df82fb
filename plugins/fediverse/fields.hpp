#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <string_view>

/// Fields of what servers answer. Each server leaves out others, says null, or has a number where the rest
/// have a text; what is not there is empty.
namespace crier::fediverse {

/// Null and a missing one are null.
[[nodiscard]] const boost::json::value* field(const boost::json::object& object, std::string_view name);

[[nodiscard]] std::string_view text_in(const boost::json::object& object, std::string_view name);

/// A text or a whole number.
[[nodiscard]] std::string id_in(const boost::json::object& object, std::string_view name);

[[nodiscard]] bool flag_in(const boost::json::object& object, std::string_view name);

/// Null: there is none.
[[nodiscard]] const boost::json::object* object_in(const boost::json::object& object, std::string_view name);

/// An empty one: there is none.
[[nodiscard]] const boost::json::array& list_in(const boost::json::object& object, std::string_view name);

/// An address of the web, else empty.
[[nodiscard]] std::string_view address_in(const boost::json::object& object, std::string_view name);

} // namespace crier::fediverse
