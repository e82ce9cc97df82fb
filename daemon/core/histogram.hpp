#pragma once

#include "core/time.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace crier {

/// How many of the times that were seen are at most as long as each of a few fixed bounds.
class Histogram {
public:
    /// `bounds`: ascending; they outlive it.
    explicit Histogram(std::span<const Duration> bounds)
        : bounds_(bounds)
        , counts_(bounds.size() + 1) {}

    /// What is below zero (a clock that was set) counts as zero.
    void observe(Duration time) noexcept {
        time = std::max(time, Duration::zero());
        const auto bound = std::lower_bound(bounds_.begin(), bounds_.end(), time);
        ++counts_[static_cast<std::size_t>(bound - bounds_.begin())];
        sum_ += time;
        ++count_;
    }

    [[nodiscard]] std::span<const Duration> bounds() const noexcept { return bounds_; }
    /// How many were longer than the bound before and at most as long as this one; one more than there are
    /// bounds: the last counts what was longer than all.
    [[nodiscard]] const std::vector<std::uint64_t>& counts() const noexcept { return counts_; }
    [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
    [[nodiscard]] Duration sum() const noexcept { return sum_; }

private:
    std::span<const Duration> bounds_;
    std::vector<std::uint64_t> counts_;
    Duration sum_{};
    std::uint64_t count_ = 0;
};

} // namespace crier
