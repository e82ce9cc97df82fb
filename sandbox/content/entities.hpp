#pragma once

#include "sandbox/content/letters.hpp"

#include <cstddef>
#include <vector>

/// What a Mastodon server finds in a status: links, mentions, hashtags.
namespace crier::sandbox {

struct Entity {
    enum class Kind { link, mention, hashtag };
    Kind kind = Kind::link;
    std::size_t begin = 0; ///< letters, not bytes
    std::size_t end = 0;
    std::size_t local_end = 0; ///< mention: where the name ends and "@domain" begins
};

/// In order; none overlaps another: of two that do, the one that begins first stays.
/// Without `hashtags` one that covers a link does not hide it: lengths are counted so.
[[nodiscard]] std::vector<Entity> find_entities(const std::vector<Letter>& letters, bool hashtags);

} // namespace crier::sandbox
