#pragma once

#include "core/text/entities.hpp"
#include "core/text/length.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

/// Where a text may be broken off, for those who cut it short (cut.hpp) and those who make several of it
/// (split.hpp).
namespace crier::text {

/// Addresses, mentions and hashtags, in order: no text is ever broken inside of one.
[[nodiscard]] std::vector<Entity> solid_parts(std::string_view text);

/// A word ends before `at`. In writing systems that put no blanks between words, each character does.
[[nodiscard]] bool is_word_end(std::string_view text, std::size_t at);

/// A sentence ends before `at`, as far as what stands around it tells: "Dr. No" is none, nor "3.5", "etc.
/// and".
[[nodiscard]] bool is_sentence_end(std::string_view text, std::size_t at);

/// A place to break at, and how good it is.
struct Break {
    enum class Kind { grapheme, word, sentence, paragraph };
    std::size_t end = 0;    ///< bytes before it
    std::size_t length = 0; ///< counted, before it
    Kind kind = Kind::grapheme;
};

/// All of them, in order, the text's end among them, with lengths as `rules` count them.
/// None stands inside a link, mention, hashtag or grapheme cluster, nor before a character that would begin
/// one if nothing stood before it.
[[nodiscard]] std::vector<Break> breaks_of(std::string_view text, const LengthRules& rules);

} // namespace crier::text
