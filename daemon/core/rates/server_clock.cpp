#include "core/rates/server_clock.hpp"

namespace crier::rates {
namespace {

/// Whole seconds, and the way of the reply: what differs by less is no news.
constexpr Duration noise = std::chrono::seconds{1};

} // namespace

void ServerClock::learn(Instant date, Instant ours, Mono mono) {
    const Instant server = date + std::chrono::milliseconds{500};
    const Duration apart = server - now(ours, mono);
    const bool agrees = apart >= -noise && apart <= noise;
    if (anchor_ && agrees)
        return;
    anchor_ = Anchor{agrees ? now(ours, mono) : server, mono};
}

} // namespace crier::rates
