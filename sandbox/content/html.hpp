#pragma once

#include <string>
#include <string_view>

namespace crier::sandbox {

/// For element content and for attributes in quotes; also right in XML.
[[nodiscard]] std::string escape_html(std::string_view text);

/// "\r\n" and "\r" as "\n".
[[nodiscard]] std::string with_plain_line_ends(std::string_view text);

/// Links, hashtags and mentions of a text; line breaks stay as they are.
[[nodiscard]] std::string inline_html(std::string_view text, std::string_view base_url);

/// One line break as `<br />`, several as the end of a paragraph.
[[nodiscard]] std::string in_paragraphs(std::string_view rendered);

/// A status' text as the `content` of a Mastodon status: paragraphs, `<br />`, links shown short, hashtags
/// and mentions. `base_url` ("http://127.0.0.1:3000", no slash behind) stands before the paths of hashtags
/// and local accounts; empty: such links are relative. Safe to put into a page whatever the text holds.
[[nodiscard]] std::string status_html(std::string_view text, std::string_view base_url = {});

} // namespace crier::sandbox
