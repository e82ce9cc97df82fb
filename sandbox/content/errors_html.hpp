#pragma once

#include <string>

namespace crier::sandbox {

/// What a proxy in front of the server answers by itself, as text/html: 404, 413, 500, 502, 503, 504; any
/// other status gets its number.
[[nodiscard]] std::string error_page(int status);

} // namespace crier::sandbox
