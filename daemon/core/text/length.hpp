#pragma once

#include "core/text/template.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Length as a Mastodon server counts it (app/validators/status_length_validator.rb): extended grapheme
/// clusters, each link as a fixed number, a remote mention by its local part, the content warning included.
namespace crier::text {

struct LengthRules {
    std::size_t max_characters = 500;
    std::size_t per_url = 23; ///< 0: links count in full (GoToSocial)
};

/// Of the text as it will be sent; both strings are stripped first, as the server does.
[[nodiscard]] std::size_t status_length(std::string_view status, std::string_view spoiler_text,
                                        const LengthRules& rules);

/// Extended grapheme clusters; CR LF is one. Bytes that are not UTF-8 count one each.
[[nodiscard]] std::size_t graphemes(std::string_view text);

struct Fitted {
    std::string text;
    bool shortened = false;
    bool fits = true; ///< false: even with all prose gone it is too long
};

/// Joins the pieces; where the whole is too long, the longest prose pieces are cut at a word's end with an
/// ellipsis until it fits. Links, hashtags and mentions are never cut.
[[nodiscard]] Fitted fit(const std::vector<Piece>& pieces, std::string_view spoiler_text,
                         const LengthRules& rules);

} // namespace crier::text
