#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crier::exec::test {

/// What came through the plugin's door for one output.
struct Yield {
    std::vector<std::string> items; ///< each as "word=value" of all that it has, with blanks between
    std::vector<std::string> warnings;
    std::string error; ///< empty: it was read
};

/// Reads an output through the C table, as the host does. Words of an item, in this order: id, title, link,
/// summary, content, author, language, published, updated (microseconds), category, media
/// (url,type,alt,from), weight if it is not 1. Line breaks in a value are shown as "|".
[[nodiscard]] Yield read(std::string_view output, std::size_t most_items = 1'000'000);

/// Items, warnings and the error, each on a line with "- ", "! " or "error: " before it.
[[nodiscard]] std::string told(std::string_view output);

} // namespace crier::exec::test
