#pragma once

#include <string>
#include <string_view>

namespace crier::feed {

/// Whether the document (UTF-8, from its first character on) is a web page.
[[nodiscard]] bool is_web_page(std::string_view document);

/// Whether it says so itself, and is not only a piece of one.
[[nodiscard]] bool is_whole_page(std::string_view document);

/// Words for somebody who took a web page for a feed: what came, and the feeds that it names.
[[nodiscard]] std::string about_web_page(std::string_view document, std::string_view base_url);

} // namespace crier::feed
