#pragma once

#include "core/delivery/machine.hpp"
#include "core/delivery/reply.hpp"
#include "core/post.hpp"

#include <cstdint>

/// How a published post comes to stand at the head of its account's page, or no longer does
/// (`PostContent::pin`). To ask twice does no harm. Pure.
namespace crier::delivery {

/// What needs no request: a server without pins. Then `pin_next` is nothing, and the post says so.
[[nodiscard]] Post prepared_pin(Post post, const ServerProfile& server);

/// What the reply makes of it. Whatever it is, the post stays published; what cannot be had is said on it,
/// and not asked for again.
[[nodiscard]] Settled settle_pin(Post post, const Reply& reply, const DeliveryTuning& tuning, Instant now,
                                 std::uint64_t jitter);

} // namespace crier::delivery
