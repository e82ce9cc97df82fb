#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crier::directory {

/// A picture that a text shows.
struct Shown {
    std::string target; ///< address, or a file's name as an address
    std::string alt;
};

/// Markdown as people read it who see no Markdown.
struct PlainText {
    std::string text;
    std::string heading; ///< the first one
    std::vector<Shown> media;
};

/// Headings, emphasis, code, links, pictures, escapes and comments are read; lists and quotes stay as they are
/// written. `#word` is a hashtag and no heading. Lines of a paragraph become one, unless they end in two blanks
/// or a backslash. Takes a time in proportion to its size.
[[nodiscard]] PlainText plain_text(std::string_view markdown);

} // namespace crier::directory
