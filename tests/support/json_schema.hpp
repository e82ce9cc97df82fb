#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <vector>

namespace crier::test {

/// What is wrong with a value by a schema of an OpenAPI document, a line for each thing; empty: nothing.
///
/// The part of JSON Schema that docs/openapi.json uses: $ref, oneOf, type, properties, required,
/// additionalProperties, items, enum, minimum, maximum, format: date-time. Any other word in a schema is a
/// fault of its own. Stricter than JSON Schema: a field that is not described is wrong, too.
[[nodiscard]] std::vector<std::string> faults_by_schema(const boost::json::value& value,
                                                        const boost::json::object& schema,
                                                        const boost::json::object& document,
                                                        const std::string& place = "$");

/// What a "#/..." reference leads to; null: nothing.
[[nodiscard]] const boost::json::object* referred(const boost::json::object& document,
                                                  std::string_view reference);

} // namespace crier::test
