#pragma once

#include <cstddef>
#include <string_view>

namespace crier::sandbox {

struct LengthRules {
    std::size_t url_length = 23; ///< what a link counts, however long or short it is
    bool plain = false;          ///< code points, links and mentions in full: GoToSocial
};

/// Characters of a status as Mastodon counts them: extended grapheme clusters of the content warning and the
/// text, each link in the text as `url_length`, each mention as its local part. Both are stripped first;
/// links in the content warning count in full. A byte that is not UTF-8 counts one.
[[nodiscard]] std::size_t counted_length(std::string_view spoiler_text, std::string_view status,
                                         const LengthRules& rules);

} // namespace crier::sandbox
