#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

/// Links, mentions and hashtags as a Mastodon server finds them in a status (config/initializers/
/// twitter_regex.rb, app/lib/extractor.rb, and twitter-text below them). Linear in the text's length.
namespace crier::text {

struct Entity {
    enum class Kind { link, mention, hashtag };
    Kind kind = Kind::link;
    std::size_t begin = 0; ///< bytes
    std::size_t end = 0;
    std::size_t local_end = 0; ///< mention: where the user's name ends
};

/// Links with a scheme, in order: what the server makes a link of and counts as one. None of them are those
/// over 4,096 characters, those whose host ends in no top-level domain that it knows, and those in the path
/// of an address without a scheme ("example.org/http://a.co").
[[nodiscard]] std::vector<Entity> find_links(std::string_view text);

/// All that people may follow, in order: the links, and what is an address for all but the server
/// (http://localhost/x, https://192.0.2.1/x, a top-level domain of last year).
[[nodiscard]] std::vector<Entity> find_addresses(std::string_view text);

/// `@user` and `@user@host`, in order; some may lie inside links.
[[nodiscard]] std::vector<Entity> find_mentions(std::string_view text);

/// `#tag`, in order; some may lie inside links.
[[nodiscard]] std::vector<Entity> find_hashtags(std::string_view text);

/// In order of their beginning, without those that overlap an earlier one.
[[nodiscard]] std::vector<Entity> without_overlaps(std::vector<Entity> entities);

} // namespace crier::text
