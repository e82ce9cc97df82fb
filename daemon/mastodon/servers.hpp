#pragma once

#include "core/delivery/reply.hpp"

#include <string_view>

namespace crier::mastodon {

/// One row of the table of server kinds: how a server that speaks this API differs from Mastodon.
struct ServerKind {
    std::string_view name;
    bool idempotent;      ///< honours Idempotency-Key
    bool discounts_links; ///< counts a link as a fixed number of characters
    bool is_mastodon;     ///< Mastodon, or a fork with its version numbers
    bool hides_attached;  ///< an attachment's id answers 404 once a status has it
};

/// Writes into the profile what kind of server says `version` of itself, and what follows from that.
/// `marks`: whatever else tells it (the address of its source). A server that the table does not know is
/// "unknown", and nothing is taken for granted of it.
void apply_kind(ServerProfile& profile, std::string_view version, std::string_view marks);

} // namespace crier::mastodon
