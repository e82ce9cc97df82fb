#pragma once

#include "core/text/length_unit.hpp"
#include "core/text/template.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Length as a server counts it. Mastodon (app/validators/status_length_validator.rb): extended grapheme
/// clusters, each link as a fixed number, a remote mention by its local part, the content warning included.
namespace crier::text {

/// What a server counts, and up to where. Each member is a number or a yes of its own, so that a server that
/// counts in one more way is a row of the table of servers and no branch.
struct LengthRules {
    std::size_t max_characters = 500;
    std::size_t per_url = 23; ///< what a link counts; 0: all of it
    LengthUnit unit = LengthUnit::grapheme;
    bool local_mentions = true; ///< `@user@host` counts as `@user`
    bool counts_warning = true; ///< the content warning is part of it
};

/// Of the text as it will be sent; both strings are stripped first, as the server does. A content warning
/// without a text is the text, where it counts.
[[nodiscard]] std::size_t status_length(std::string_view status, std::string_view spoiler_text,
                                        const LengthRules& rules);

/// Of a text, or of a part of one that begins and ends between two characters, as it stands.
[[nodiscard]] std::size_t text_length(std::string_view text, const LengthRules& rules);

/// Extended grapheme clusters; CR LF is one. Bytes that are not UTF-8 count one each.
[[nodiscard]] std::size_t graphemes(std::string_view text);

/// The same in any unit. Bytes that are not UTF-8 count one each.
[[nodiscard]] std::size_t units(std::string_view text, LengthUnit unit);

/// The first clusters, as many as there are within so many units.
[[nodiscard]] std::string first_units(std::string_view text, std::size_t most, LengthUnit unit);

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
