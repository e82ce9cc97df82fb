#pragma once

#include <cstddef>
#include <string_view>

namespace crier::bench {

/// Has libxml2 read a document by its push parser, with recovery and a handler that does next to nothing: the
/// least that reading it can cost. How many elements of that name there are; throws when it is not
/// well-formed.
[[nodiscard]] std::size_t bare_xml_elements(std::string_view document, std::string_view name);

} // namespace crier::bench
