#pragma once

#include <cstdint>

namespace crier::calendar {

/// How much may still be worked out: what rules without an end, or without a first day, end by.
class Steps {
public:
    explicit Steps(std::uint64_t left)
        : left_(left) {}

    /// False: no more.
    [[nodiscard]] bool take(std::uint64_t count = 1) noexcept {
        if (count > left_) {
            left_ = 0;
            return false;
        }
        left_ -= count;
        return true;
    }
    [[nodiscard]] std::uint64_t left() const noexcept { return left_; }

private:
    std::uint64_t left_;
};

} // namespace crier::calendar
