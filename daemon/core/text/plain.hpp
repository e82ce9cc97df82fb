#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Small things that are done to plain UTF-8 text. Bytes that are not UTF-8 go through unchanged.
namespace crier::text {

/// Without ASCII white space (and NUL) at both ends: Ruby's String#strip, which servers apply.
[[nodiscard]] std::string strip(std::string_view text);

/// Every run of white space, line breaks included, becomes one blank; none at the ends.
[[nodiscard]] std::string one_line(std::string_view text);

/// The first `count` extended grapheme clusters.
[[nodiscard]] std::string first_graphemes(std::string_view text, std::size_t count);

/// At most `count` grapheme clusters, an ellipsis included: cut at a word's end, or inside a word that
/// alone is too long. Never inside a link, mention or hashtag.
[[nodiscard]] std::string shorten(std::string_view text, std::size_t count);

[[nodiscard]] std::string upper(std::string_view text);
[[nodiscard]] std::string lower(std::string_view text);
/// For comparison without regard to case.
[[nodiscard]] std::string fold_case(std::string_view text);

inline constexpr std::string_view zero_width_space = "\xE2\x80\x8B";

/// `@user` and `@user@host` get a zero-width space behind the @, so that nobody is notified; inside a link
/// the @ becomes %40 where Mastodon would take it for a mention. Addresses of e-mail stay as they are.
/// Those in `meant` are let through: in small letters and without the first @, "alice@mastodon.example", or
/// "alice" for the one on the account's own server.
[[nodiscard]] std::string defuse_mentions(std::string_view text, const std::vector<std::string>& meant = {});

/// "Machine Learning" becomes "#MachineLearning"; empty where no letter is left, for servers take no hashtag
/// of digits alone.
[[nodiscard]] std::string hashtag(std::string_view words);

/// Hashtags of all, without repetitions, with blanks between, at most `most`.
[[nodiscard]] std::string hashtags(const std::vector<std::string>& words, std::size_t most);

/// "a", "a and b", "a, b and c"; `last` stands for the "and".
template <class Text>
[[nodiscard]] std::string enumerate(const std::vector<Text>& items, std::string_view last = "and") {
    std::string text;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0)
            text += i + 1 == items.size() ? " " + std::string{last} + " " : ", ";
        text += items[i];
    }
    return text;
}

/// "1 account", "2 accounts", "2 entries".
[[nodiscard]] std::string counted(std::size_t count, std::string_view one, std::string_view many);

/// Percent-encodes all but unreserved characters (RFC 3986).
[[nodiscard]] std::string url_encode(std::string_view text);

} // namespace crier::text
