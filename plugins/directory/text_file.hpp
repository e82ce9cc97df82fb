#pragma once

#include "directory/front_matter.hpp"
#include "directory/neighbours.hpp"
#include "sdk/crier_plugin.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace crier::directory {

/// Whether texts of that name are Markdown, or are read as they are; others are not read.
[[nodiscard]] bool is_markdown(std::string_view name);
[[nodiscard]] bool is_text(std::string_view name);

/// Whether a text is an item by itself: it shows pictures.
[[nodiscard]] bool shows_media(std::string_view name, const Headed& text);

/// What stands below the head, as plain text.
[[nodiscard]] std::string words_of(std::string_view name, const Headed& text);

/// The fields of an item that is such a text. Throws sdk::Error where it says one thing twice.
[[nodiscard]] std::vector<kit::Written> fields_of_text(std::string_view name, const Headed& text);

} // namespace crier::directory
