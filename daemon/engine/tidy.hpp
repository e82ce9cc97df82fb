#pragma once

#include "core/item.hpp"
#include "core/settings.hpp"

#include <vector>

namespace crier::engine {

/// What a source's settings say of all its items, whatever is made of them: links lose what only says who
/// sent the reader.
void tidy(std::vector<Item>& items, const SourceSettings& source);

} // namespace crier::engine
