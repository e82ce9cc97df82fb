#pragma once

#include <cstddef>
#include <string>

namespace crier::plugin {

/// A text file's text. Empty where it is none (a zero byte near its beginning), has more than `most` bytes,
/// is a link, or cannot be read.
///
/// Thread: any that may block.
[[nodiscard]] std::string text_of_file(const std::string& path, std::size_t most);

} // namespace crier::plugin
