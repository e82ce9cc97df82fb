#pragma once

#include "engine/engine.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

/// What became of what a source has shown.
namespace crier::engine {

/// An item, and what came of it on each account of its source.
struct ShownItem {
    Digest item;
    std::string title;
    std::string link;
    Instant seen{};
    struct On {
        std::string account;
        std::string verdict; ///< for people
        std::optional<PostId> post;
    };
    std::vector<On> on; ///< never none

    ShownItem() = default; // no aggregate: docs/ARCHITECTURE.md, "Traps"
};

/// The last items of a source that is in the configuration, the newest first; of one that entries draw from
/// none: it takes no item in.
[[nodiscard]] boost::asio::awaitable<Result<std::vector<ShownItem>>>
last_items(Engine& engine, const SourceSettings& source, std::size_t limit);

/// The post that was made of the item, whatever the source's edition was then.
[[nodiscard]] boost::asio::awaitable<Result<std::optional<Post>>> post_of(Engine& engine, SeenItem seen);

} // namespace crier::engine
