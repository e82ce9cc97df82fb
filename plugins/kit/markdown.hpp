#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crier::kit {

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

/// What becomes of a line's end within a paragraph: documents have it as a blank, what people write into a
/// form of a web page keeps it. Two blanks or a backslash before it keep it in both.
enum class LineEnds { blanks, stay };

/// Headings, emphasis, code, links, pictures, escapes and comments are read; lists and quotes stay as they
/// are written. `#word` is a hashtag and no heading. Takes a time in proportion to its size.
[[nodiscard]] PlainText plain_text(std::string_view markdown, LineEnds ends = LineEnds::blanks);

} // namespace crier::kit
