#pragma once

#include <cstdint>
#include <optional>
#include <ostream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace crier::feed::test {

/// What came through the plugin's door for one document.
struct Yield {
    std::vector<std::string> items; ///< each as lines "word: value", see read()
    std::vector<std::string> warnings;
    std::optional<std::int64_t> wait; ///< the step of its pace
    std::string pace;                 ///< the rest of it: "hours 0 1 days 6 base 123"
    std::string hub;                  ///< its address, a blank, and the topic
    std::string error;                ///< empty: it was read
};

/// What stands inside of one item, and the lines that read() gives for it.
struct ItemCase {
    std::string inside;
    std::string lines;
};
inline std::ostream& operator<<(std::ostream& out, const ItemCase& one) {
    return out << one.inside;
}

/// Where a document comes from, if it matters.
struct Origin {
    std::string content_type = {};
    std::string base_url = "https://example.org/blog/feed.xml";
};

/// Reads a document through the C table, as the host does. Of an item what is there, a line each, in this
/// order: id, title, link, summary, content, author, language, published, updated (seconds since the epoch),
/// category, media
/// ("from url type alt"), weight if it is not 1. Line breaks in a value are shown as "|".
[[nodiscard]] Yield read(std::string_view document, const Origin& origin = {},
                         const std::string& max_items = {});

/// The lines of the only item of a document that has nothing wrong; else an explanation of what came.
[[nodiscard]] std::string only_item(std::string_view document, const Origin& origin = {});

/// The value of the line "word: ..." in an item's lines; empty: there is none.
[[nodiscard]] std::string value_of(std::string_view word, std::string_view lines);

/// A document of tests/unit/plugins/feed/data.
[[nodiscard]] std::string data(const std::string& name);

[[nodiscard]] std::string joined(const std::vector<std::string>& words);

/// A seed from the environment (CRIER_TEST_SEED), to see a failure again, or a new one.
[[nodiscard]] unsigned seed();

/// A document with a few bytes changed, taken out or put in.
[[nodiscard]] std::string with_other_bytes(const std::string& document, std::mt19937& random);

/// Items in a document around them.
[[nodiscard]] std::string rss(std::string_view items);
[[nodiscard]] std::string rss_item(std::string_view inside);
[[nodiscard]] std::string atom_entry(std::string_view inside);

} // namespace crier::feed::test
