#pragma once

#include <boost/json/value.hpp>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

/// Reading JSON that somebody else wrote: whatever is missing or of another type reads as nothing. Only for
/// this module's .cpp files.
namespace crier::mastodon {

/// Nothing when it is no JSON. Bytes that are not UTF-8 are let through: a status with such a name or text in
/// it is published all the same.
[[nodiscard]] std::optional<boost::json::value> parse_json(std::string_view body);

/// Down a path of names; null where it ends early.
[[nodiscard]] const boost::json::value* at(const boost::json::value& value,
                                           std::initializer_list<std::string_view> path);

/// The string, with blanks for control characters; empty when there is none.
[[nodiscard]] std::string text_of(const boost::json::value* value);

/// Ids are strings by the API; a server that sends a number means the same.
[[nodiscard]] std::string id_of(const boost::json::value* value);

} // namespace crier::mastodon
