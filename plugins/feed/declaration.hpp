#pragma once

#include <string_view>

namespace crier::feed {

/// The label in `<?xml version="1.0" encoding="...">`, or nothing. Capitals and missing quotes are no XML,
/// but what is meant is clear.
[[nodiscard]] std::string_view declared_encoding(std::string_view bytes);

} // namespace crier::feed
