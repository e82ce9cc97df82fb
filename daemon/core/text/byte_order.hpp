#pragma once

#include <string>

namespace crier::text {

/// UTF-8 of bytes that begin with a byte order mark, without it: of UTF-8, or of UTF-16 of either order, as
/// Windows writes it. What is no pair of surrogates becomes U+FFFD. Other bytes come out as they are.
[[nodiscard]] std::string without_byte_order_mark(std::string bytes);

} // namespace crier::text
