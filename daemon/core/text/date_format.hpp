#pragma once

#include "core/text/template.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace crier::text {

/// strftime's letters with names in `language` (primary subtag; English where it is not known), in the
/// moment's zone. docs/TEMPLATES.md lists them.
[[nodiscard]] std::string format_date(const Moment& moment, std::string_view format,
                                      std::string_view language);

/// What is wrong with a format; nothing when format_date() knows all of it.
[[nodiscard]] std::optional<std::string> date_format_problem(std::string_view format);

} // namespace crier::text
