#pragma once

#include "core/time.hpp"

#include <array>
#include <cstddef>
#include <optional>

/// Rate planning, pure: which of a server's limits a call counts against, and when it may be made without
/// going over any of them. docs/DELIVERY.md, "Limits", has the picture.
namespace crier::rates {

/// What is asked of a server, as far as its limits tell calls apart.
enum class Call : std::size_t {
    publish,
    upload,
    media_state, ///< with the token, as are those above and the next three
    probe,
    edit,
    remove,
    profile, ///< without the token, as are the next two
    look_up,
    page, ///< a list that is read from somewhere on (min_id, max_id, ...)
    pin,  ///< with the token; the last, for what is stored of learnt limits goes by these numbers
};
inline constexpr std::size_t call_count = 10;

[[nodiscard]] constexpr unsigned mask(Call call) noexcept {
    return 1U << static_cast<std::size_t>(call);
}

/// How many calls of each kind.
class Needs {
public:
    [[nodiscard]] int of(Call call) const noexcept { return counts_[static_cast<std::size_t>(call)]; }
    Needs& add(Call call, int count = 1) noexcept {
        counts_[static_cast<std::size_t>(call)] += count;
        return *this;
    }
    /// Of the calls in a mask.
    [[nodiscard]] int among(unsigned calls) const noexcept {
        int sum = 0;
        for (std::size_t i = 0; i < call_count; ++i)
            sum += counts_[i] * static_cast<int>(calls >> i & 1U);
        return sum;
    }

    /// When an attempt of the same post that is in doubt was counted, by the server's clock: within the same
    /// window its repeat is no second post.
    std::optional<Instant> counted;

private:
    std::array<int, call_count> counts_{};
};

/// What a call turned out to be, as far as limits count it.
enum class Outcome {
    done,    ///< it counts everywhere
    nothing, ///< it certainly did nothing: buckets that count successes have it back
    unsent,  ///< it never reached the server: every bucket has it back
    doubt,   ///< it counts, and may yet come to count in the next window
};

} // namespace crier::rates
