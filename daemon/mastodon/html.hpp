#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crier::mastodon {

struct PlainText {
    std::string text;
    std::vector<std::string> links; ///< where they lead, in order; without those of mentions and hashtags

    PlainText() = default;
};

/// A status's content, which its server has made of plain text: links come back in full (they are shown
/// shortened), mentions and hashtags as they are shown, paragraphs and line breaks as white space. Whatever
/// does not read as HTML is taken as text. Linear in its length.
[[nodiscard]] PlainText plain_of_html(std::string_view html);

} // namespace crier::mastodon
