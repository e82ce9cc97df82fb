#pragma once

#include "core/failure.hpp"
#include "core/post.hpp"
#include "core/settings.hpp"
#include "ports/store.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace crier::engine {

/// Which item of which source, for which account.
struct ItemOf {
    std::string source;
    std::string identity; ///< what the source's posts are known by; empty: its name
    int edition = 0;      ///< the source's
    std::string account;
    Digest item;

    ItemOf() = default;
    ItemOf(const SourceSettings& of, std::string known_by, std::string to, Digest which)
        : source(of.name)
        , identity(std::move(known_by))
        , edition(of.edition)
        , account(std::move(to))
        , item(which) {}
};

/// What was made of an item: its post, or the parts of its thread in order. Behind those there may be rows of
/// a time when it had more parts.
struct ItemThread {
    std::vector<Post> rows; ///< none: nothing was made of it
    int edition = 0;        ///< the source's, that made them

    ItemThread() = default;
    [[nodiscard]] std::size_t parts() const noexcept;
};
[[nodiscard]] boost::asio::awaitable<Result<ItemThread>> thread_of_item(Store& store,
                                                                        const Settings& settings, ItemOf of);

/// The post that was made of an item, of a thread the first part, by the latest edition that made one.
[[nodiscard]] boost::asio::awaitable<Result<std::optional<Post>>>
post_of_item(Store& store, const Settings& settings, ItemOf of);

} // namespace crier::engine
