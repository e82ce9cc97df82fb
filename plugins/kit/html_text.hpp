#pragma once

#include "sdk/crier_plugin.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace crier::kit {

/// What a text is written in.
enum class Form {
    plain, ///< it means what it says
    html,
    guess, ///< HTML if there is markup in it, else text with HTML's references: RSS does not say
};

/// As plain text in several lines: blocks on lines of their own, lists with bullets or numbers, neither
/// scripts nor styles, white space folded, at most one blank line between two others. Text without markup
/// keeps its paragraphs, and with Form::plain its lines.
///
/// With `images`, the pictures of HTML are added to it as `content_image`, with the alt texts that they have
/// (the first few, none of one pixel). `base` is where their addresses begin.
///
/// Linear in the text's size; nothing is too broken.
[[nodiscard]] std::string to_lines(std::string_view text, Form form, std::string_view base = {},
                                   std::vector<sdk::Media>* images = nullptr);

/// The same on one line.
[[nodiscard]] std::string to_line(std::string_view text, Form form);

} // namespace crier::kit
