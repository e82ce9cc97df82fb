#pragma once

#include "core/digest.hpp"
#include "core/item.hpp"

#include <string>
#include <string_view>
#include <vector>

/// Which items are the same one (docs/DELIVERY.md, rule 4): by id, else by link, else by what they say.
namespace crier {

/// By what a source's items are known.
enum class IdentifyBy {
    automatic, ///< id, else link, else what they say
    link,      ///< whatever their ids are
    content,   ///< what they say: for sources whose links and ids mean nothing
    title,
};
/// The configuration's word.
[[nodiscard]] std::string_view to_text(IdentifyBy by) noexcept;

struct ItemIdentity {
    Digest item;    ///< the same for every sight of the same item
    Digest link;    ///< of the canonical link; all zero when it has none, or one that identifies nothing
    Digest address; ///< of the canonical link, whether it identifies or not; all zero when it has none
    /// Of an item without an id: of its link and what it says together. Whether a link is one item's alone
    /// may change from look to look, and `item` with it; this does not. All zero for an item with an id.
    Digest content_at_link;
    std::string shown; ///< for people: the id, link or title that it goes by
};

/// An address as it is compared: host in lower case; without scheme, default port, fragment, tracking
/// parameters (utm_*, fbclid, ...) and slash at the end. A fragment that is a route (`#/`, `#!`) stays. What
/// is no http(s) address comes back trimmed and otherwise unchanged.
[[nodiscard]] std::string canonical_link(std::string_view link);

/// Of one item by itself: its link is taken for its own.
[[nodiscard]] ItemIdentity identify(const Item& item, IdentifyBy by = IdentifyBy::automatic);

/// Of all items of one look at a source, in their order. A link that two different items of it carry
/// identifies neither: it is all zero, and items without an id go by their content. Equal `item` digests
/// are the same item twice (the same id, or the same link and content).
[[nodiscard]] std::vector<ItemIdentity> identify_all(const std::vector<Item>& items,
                                                     IdentifyBy by = IdentifyBy::automatic);

/// Of all that an item says and shows by itself, so that a change of it is noticed: not of its dates, which
/// some feeds renew for nothing, and not of what was added from the page that it links to.
[[nodiscard]] Digest said_by(const Item& item);

/// By what the item's story is known wherever it is told; all zero where it has nothing of the kind.
struct ItemStory {
    Digest link;
    Digest title; ///< of three words and more: "Update" is no story
};
[[nodiscard]] ItemStory story_of(const Item& item);

} // namespace crier
