#pragma once

#include "core/delivery/reply.hpp"

#include <string_view>

namespace crier::mastodon {

/// How a post is kept from leaving its server.
enum class StaysHere {
    no,         ///< it cannot be
    flag,       ///< `local_only`
    visibility, ///< `visibility: local`
};

/// One row of the table of server kinds: how a server that speaks this API differs from Mastodon.
struct ServerKind {
    std::string_view name;
    bool idempotent = false;       ///< honours Idempotency-Key
    bool discounts_links = true;   ///< counts a link as a fixed number of characters
    bool is_mastodon = false;      ///< Mastodon, or a fork with its version numbers
    bool hides_attached = false;   ///< an attachment's id answers 404 once a status has it
    bool polls = true;             ///< a post may be a poll
    bool polls_with_media = false; ///< and have media as well
    bool quotes = false;           ///< a post may quote another one; Mastodon by its version
    StaysHere stays_here = StaysHere::no;
};

/// Writes into the profile what kind of server says `version` of itself, and what follows from that.
/// `marks`: whatever else tells it (the address of its source). A server that the table does not know is
/// "unknown", and nothing is taken for granted of it.
void apply_kind(ServerProfile& profile, std::string_view version, std::string_view marks);

/// The row of that name (ServerProfile::software); for a name that it has not, the one of an unknown server.
[[nodiscard]] const ServerKind& kind_named(std::string_view name);

} // namespace crier::mastodon
