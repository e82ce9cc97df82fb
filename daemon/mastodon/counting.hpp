#pragma once

#include "core/delivery/reply.hpp"

namespace crier::mastodon {

/// Writes into the profile how a server of its kind (`software`) counts a text, whatever the instance
/// document says of links: on most that are not Mastodon it says what their web page shows, and not what they
/// refuse.
void apply_counting(ServerProfile& profile);

} // namespace crier::mastodon
