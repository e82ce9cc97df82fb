#pragma once

#include "core/delivery/sighting.hpp"

#include <string>
#include <vector>

/// Which links a status carries, as a source's items may have them. Pure.
namespace crier::delivery {

/// All as they stand in it, in order; without those of mentions and hashtags.
[[nodiscard]] std::vector<std::string> written_links(const SeenStatus& status);

/// The only link that it carries, canonical: where it ends, if it is a shortened one and the preview tells.
/// Empty: none, or several.
[[nodiscard]] std::string only_link(const SeenStatus& status);

struct PageLink {
    std::string link;
    std::string words;      ///< of the status, on one line; bounded
    std::string status;     ///< its address
    bool shortened = false; ///< where it ends nobody has told: an item is known by it only if it has the same

    PageLink() = default;
};

/// What an account's statuses (newest first) link to: each link once by its canonical form, with the oldest
/// that has it. The preview counts, for it tells where a shortened link ends. Boosts are another's.
[[nodiscard]] std::vector<PageLink> links_of(const std::vector<SeenStatus>& statuses);

} // namespace crier::delivery
