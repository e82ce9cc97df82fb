#pragma once

#include "core/item.hpp"
#include "core/settings.hpp"
#include "ports/log.hpp"
#include "ports/source.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace crier::engine {

/// Web pages that a look reads at most; items beyond go without.
inline constexpr std::size_t most_pages = 50;

/// Whether a post of the item, made by this template, takes something from the page that the item links to.
[[nodiscard]] bool wants_page(const PostTemplate& post, const Item& item);

/// Adds what the page says to the item: its title and description, and its picture as `og_image`.
void add_page(Item& item, Item page);

} // namespace crier::engine
