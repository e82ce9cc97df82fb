#pragma once

#include "core/delivery/evidence.hpp"
#include "core/delivery/machine.hpp"

#include <utility>

namespace crier::test {

/// The rules of a lane whose clocks have not been set and whose machine has not been restarted.
inline delivery::Rules at(delivery::Rules rules, Instant now) {
    rules.now = now;
    rules.server_now = now;
    rules.boot = 1;
    rules.mono = Mono{now.time_since_epoch()};
    return rules;
}

inline delivery::Decision decided(Post post, delivery::Rules rules, Instant now) {
    return delivery::decide(std::move(post), at(std::move(rules), now), now);
}

inline delivery::Settled answered(Post post, delivery::Step step, std::size_t media, const Reply& reply,
                                  delivery::Rules rules, Instant now, std::uint64_t jitter) {
    return delivery::settle(std::move(post), step, media, reply, at(std::move(rules), now), now, jitter);
}

inline delivery::Settled looked(Post post, const delivery::Sighting& sighting, delivery::Rules rules,
                                Instant now) {
    return delivery::settle_look(std::move(post), sighting, at(std::move(rules), now), now);
}

} // namespace crier::test
