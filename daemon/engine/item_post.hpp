#pragma once

#include "core/failure.hpp"
#include "core/post.hpp"
#include "core/settings.hpp"
#include "ports/store.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>
#include <utility>

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

/// The post that was made of an item, by the latest edition that made one.
[[nodiscard]] boost::asio::awaitable<Result<std::optional<Post>>>
post_of_item(Store& store, const Settings& settings, ItemOf of);

} // namespace crier::engine
