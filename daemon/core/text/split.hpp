#pragma once

#include "core/text/length.hpp"
#include "core/text/template.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// A text that is too long for one post as several.
namespace crier::text {

struct Splitting {
    bool counter = false;  ///< "1/3" at the end of each
    std::string lead = {}; ///< stands before each but the first
    std::size_t most = 20; ///< so many parts at most: the prose of what would take more is shortened
};

struct Split {
    std::vector<std::string> parts; ///< in order; one: it fits as it is; none: it does not fit
    bool shortened = false;         ///< to `most` parts
    bool fits = true;               ///< false: it cannot be broken (a link longer than a post)
};

/// Joins the pieces and breaks them at a paragraph's end, else at a sentence's, else at a word's, never
/// inside a link, mention, hashtag or grapheme cluster. As few parts as that allows, each as long as the
/// server takes at most, with the content warning that all of them have; the last two are of like length, so
/// that no single word is left over.
[[nodiscard]] Split split(const std::vector<Piece>& pieces, std::string_view spoiler_text,
                          const LengthRules& rules, const Splitting& how);

} // namespace crier::text
