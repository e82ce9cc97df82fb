#pragma once

#include <string>
#include <string_view>

/// Parameters of addresses that say who sent the reader, and nothing of what is shown (utm_*, fbclid, ...).
namespace crier::tracking {

/// The parameters of a query that say what is shown, with their question mark; empty where none does.
[[nodiscard]] std::string telling_query(std::string_view query);

/// An http(s) address without such parameters; anything else as it is.
[[nodiscard]] std::string stripped(std::string_view address);

} // namespace crier::tracking
