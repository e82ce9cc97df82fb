#include "core/rates/server_clock.hpp"

namespace crier::rates {
namespace {

/// Whole seconds, and the way of the reply: what differs by less is no news.
constexpr Duration noise = std::chrono::seconds{1};

} // namespace

void ServerClock::learn(Instant date, Instant ours, Mono mono) {
    const Instant server = date + std::chrono::milliseconds{500};
    const Duration apart = server - now(ours, mono);
    if (anchor_ && apart > -noise && apart < noise)
        return;
    anchor_ = Anchor{apart > -noise && apart < noise ? now(ours, mono) : server, mono};
}

} // namespace crier::rates
