#pragma once

#include "directory/neighbours.hpp"
#include "kit/written.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace crier::directory {

/// A picture, video or sound as a medium of an item.
[[nodiscard]] kit::Written medium_of(const File& file);

/// A title from a file's name: blanks for - and _.
[[nodiscard]] std::string title_of(std::string_view stem);

/// Throws sdk::Error where a medium is named that does not lie below the file's folder.
void check_names(const std::vector<kit::Written>& fields);

} // namespace crier::directory
