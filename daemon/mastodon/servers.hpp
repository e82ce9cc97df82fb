#pragma once

#include "core/delivery/reply.hpp"

#include <string>
#include <string_view>

namespace crier::mastodon {

/// One row of the table of server kinds: how a server that speaks this API differs from Mastodon.
struct ServerKind {
    std::string_view name;
    std::string_view marker; ///< stands in the `version` of the instance document, without regard to case
    bool idempotent;         ///< honours Idempotency-Key
    bool discounts_links;    ///< counts a link as a fixed number of characters
};

/// Writes into the profile what kind of server says `version` and `source_url` of itself, and what follows.
void apply_kind(ServerProfile& profile, std::string_view version, std::string_view source_url);

} // namespace crier::mastodon
