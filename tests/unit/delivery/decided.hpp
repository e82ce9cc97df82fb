#pragma once

#include "core/delivery/machine.hpp"

#include <utility>

namespace crier::test {

/// As a lane decides whose clock has not been set since the first attempt.
inline delivery::Decision decided(Post post, delivery::Rules rules, Instant now) {
    rules.server_now = now;
    if (post.key_since)
        rules.key_age = now - *post.key_since;
    return delivery::decide(std::move(post), rules, now);
}

} // namespace crier::test
