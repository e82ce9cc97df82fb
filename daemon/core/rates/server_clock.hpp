#pragma once

#include "core/time.hpp"

#include <optional>

namespace crier::rates {

/// The server's wall clock, as its replies' Date tells of it. Windows end by it, not by ours. Once a reply
/// has come it goes on by the monotonic clock, so that a step of our own clock moves no window.
class ServerClock {
public:
    [[nodiscard]] Instant now(Instant ours, Mono mono) const {
        return anchor_ ? anchor_->server + (mono - anchor_->mono) : ours + ahead_;
    }
    /// A reply that has just come bears this date (whole seconds).
    void learn(Instant date, Instant ours, Mono mono);

    /// A reply has told it since the start.
    [[nodiscard]] bool told() const noexcept { return anchor_.has_value(); }

    /// How far it is ahead of ours: kept over a restart.
    [[nodiscard]] Duration ahead(Instant ours, Mono mono) const { return now(ours, mono) - ours; }
    void set_ahead(Duration ahead) noexcept { ahead_ = ahead; }

private:
    struct Anchor {
        Instant server{};
        Mono mono{};
    };
    Duration ahead_{};
    std::optional<Anchor> anchor_;
};

} // namespace crier::rates
