#pragma once

#include <cstddef>
#include <string_view>

namespace crier::sandbox {

/// What a server counts.
enum class Counting {
    mastodon,    ///< grapheme clusters; links as one number, mentions without their domain
    clusters,    ///< grapheme clusters, all in full (Pleroma)
    code_points, ///< all in full (GoToSocial)
    utf16,       ///< UTF-16 units, all in full (the Misskey family)
    none         ///< nothing is too long
};

struct LengthRules {
    std::size_t url_length = 23; ///< what a link counts, however long or short it is
    Counting counting = Counting::mastodon;
};

/// Characters of a status as Mastodon counts them: extended grapheme clusters of the content warning and the
/// text, each link in the text as `url_length`, each mention as its local part. Both are stripped first;
/// links in the content warning count in full. A byte that is not UTF-8 counts one. By the other rules
/// everything counts as it is.
[[nodiscard]] std::size_t counted_length(std::string_view spoiler_text, std::string_view status,
                                         const LengthRules& rules);

} // namespace crier::sandbox
