#pragma once

#include "sdk/crier_plugin.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crier::plugin_test {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// What the host hands to parse().
struct Given {
    std::string_view bytes;
    std::string_view content_type{};
    std::string_view base_url{};
    Pairs headers{};
};

/// What came through the plugin's door.
struct Yield {
    std::vector<std::string> items; ///< each as "word=value" of all that it has, with blanks between
    std::vector<std::string> warnings;
    std::vector<std::string> asked; ///< "cursor X", "wait 60", "fetch https://..."
    std::string error;              ///< empty: it was opened and read
};

/// Opens an instance with these settings and reads one document through the C table, as the host does. Words
/// of an item, in this order: id, title, link, summary, content, author, language, published, updated, due,
/// expires (microseconds), category, media (url or file:NAME,type,alt,from), weight if it is not 1, gone.
/// Line breaks in a value are shown as "|".
[[nodiscard]] Yield read(const crier_plugin& plugin, const Given& given, const Pairs& settings = {},
                         std::size_t most_items = 1'000'000);

/// Items, warnings, what was asked for and the error, each on a line with "- ", "! ", "? " or "error: "
/// before.
[[nodiscard]] std::string told(const Yield& yield);

/// From CRIER_TEST_SEED, else always the same one; printed.
[[nodiscard]] std::uint64_t test_seed();

/// For each of `parts`, a document that has it 300,000 times between `before` and `after`, and one of the
/// same without an end, are handed to `look`. Where the time grows with the square of the size, this takes
/// minutes, and CTest ends it.
template <class Look>
void many_times(const std::vector<std::string>& parts, const std::string& before, const std::string& after,
                Look look) {
    for (const std::string& part : parts) {
        std::string many = before;
        many.reserve(before.size() + after.size() + part.size() * 300'000);
        for (int i = 0; i < 300'000; ++i)
            many += part;
        look(many);
        if (!after.empty())
            look(many + after);
    }
}

} // namespace crier::plugin_test
