#pragma once

#include "core/delivery/machine.hpp"

#include <utility>

namespace crier::test {

/// As a lane decides whose clock has not been set since the first attempt.
inline delivery::Decision decided(Post post, delivery::Rules rules, Instant now) {
    rules.server_now = now;
    rules.boot = 1;
    rules.mono = Mono{now.time_since_epoch()};
    return delivery::decide(std::move(post), rules, now);
}

} // namespace crier::test
