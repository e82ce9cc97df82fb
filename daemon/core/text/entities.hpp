#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

/// Links, mentions and hashtags as a Mastodon server finds them in a status (config/initializers/
/// twitter_regex.rb, app/lib/extractor.rb, and twitter-text below them). Linear in the text's length.
///
/// Two things are looser: a link's last label is taken for a top-level domain when it looks like one (no
/// table), and an address without a scheme never swallows one that follows in its path.
namespace crier::text {

struct Entity {
    enum class Kind { link, mention, hashtag };
    Kind kind = Kind::link;
    std::size_t begin = 0; ///< bytes
    std::size_t end = 0;
    std::size_t local_end = 0; ///< mention: where the user's name ends
};

/// Links with a scheme, in order. Those over 4,096 characters are not among them.
[[nodiscard]] std::vector<Entity> find_links(std::string_view text);

/// `@user` and `@user@host`, in order; some may lie inside links.
[[nodiscard]] std::vector<Entity> find_mentions(std::string_view text);

/// `#tag`, in order; some may lie inside links.
[[nodiscard]] std::vector<Entity> find_hashtags(std::string_view text);

/// In order of their beginning, without those that overlap an earlier one.
[[nodiscard]] std::vector<Entity> without_overlaps(std::vector<Entity> entities);

} // namespace crier::text
