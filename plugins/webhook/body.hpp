#pragma once

#include "sdk/crier_plugin.hpp"

#include <boost/json/value.hpp>

#include <string>
#include <string_view>

namespace crier::webhook {

/// The JSON of a request: its body, or the field `payload` of a form. Throws sdk::Error where there is none.
[[nodiscard]] boost::json::value json_of(const sdk::Input& input);

/// A field of application/x-www-form-urlencoded; empty: it is not there.
[[nodiscard]] std::string form_field(std::string_view form, std::string_view name);

} // namespace crier::webhook
