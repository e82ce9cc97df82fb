#pragma once

#include "config/tree_builder.hpp"

#include <cstdint>
#include <string>

namespace crier::config {

/// Reports what yaml-cpp said at byte `offset`, in words that help: what it most likely comes from, by the
/// look of the line.
void explain_syntax_error(const Document& document, TreeBuilder& builder, std::uint32_t offset,
                          const std::string& message);

} // namespace crier::config
