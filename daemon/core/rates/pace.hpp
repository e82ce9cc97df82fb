#pragma once

#include "core/rates/ledger.hpp"
#include "core/settings.hpp"

#include <string>
#include <vector>

namespace crier::rates {

/// An account's own limits: the least gap between two posts, and so many in any hour and any day (sliding).
/// Posts of the schedule keep the gap and are outside of the counts. By our own clock.
class Pace {
public:
    /// When a post may leave.
    [[nodiscard]] Turn earliest(const Limits& limits, bool scheduled, Instant now) const;

    /// One leaves now.
    void leave(const Limits& limits, bool scheduled, Instant now);
    /// The last one has left, at this moment as far as anybody can tell.
    void left(Instant now);
    /// The last one has certainly not left.
    void take_back();

    [[nodiscard]] std::vector<BucketView> views(const Limits& limits, Instant now) const;

    struct Leave {
        Instant when{};
        int posts = 1; ///< that count; 0: one of the schedule
    };
    /// Ascending; what no limit looks at any more is gone.
    [[nodiscard]] const std::vector<Leave>& leaves() const noexcept { return leaves_; }
    void set(std::vector<Leave> leaves) { leaves_ = std::move(leaves); }

private:
    void tidy(const Limits& limits, Instant now);
    [[nodiscard]] int count(Instant since, Instant now) const;
    [[nodiscard]] Instant free_again(int limit, Duration window, Instant now) const;

    std::vector<Leave> leaves_;
};

} // namespace crier::rates
