#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace crier::kit {

/// What a line of Markdown begins, without the > before it.
struct Line {
    enum class Kind { blank, text, heading, underline, rule, item, row, row_of_lines };

    Kind kind = Kind::text;
    std::string prefix;     ///< "> " of each quote that it is in
    std::string marker;     ///< of a list's item, with its indentation: "  1. "
    std::string_view words; ///< what is left
    bool breaks = false;    ///< it ends in a hard line break
};

/// `in_paragraph`: there is text before it that it may go on; `in_list`: which is a list's.
[[nodiscard]] Line line_of(std::string_view line, bool in_paragraph, bool in_list);

} // namespace crier::kit
