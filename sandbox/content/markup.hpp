#pragma once

#include <string>
#include <string_view>

namespace crier::sandbox {

/// A status' text as the `content` of a server that knows more than plain text. text/markdown: strong,
/// emphasis, code and links, enough to tell that it was read as Markdown; text/html: what is harmless of it,
/// every tag closed; anything else as status_html() writes it. Safe to put into a page whatever the text
/// holds.
[[nodiscard]] std::string formatted_html(std::string_view text, std::string_view content_type,
                                         std::string_view base_url = {});

} // namespace crier::sandbox
