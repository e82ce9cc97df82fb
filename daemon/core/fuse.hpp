#pragma once

#include "core/digest.hpp"
#include "core/settings.hpp"
#include "core/time.hpp"

#include <cstddef>
#include <string>
#include <vector>

/// The fuse of an origin (a source or an entry): when it suddenly wants far more posts than ever before, or
/// the same again and again, they are held for a person instead of published.
namespace crier::fuse {

/// A post of one origin on one account, made or wanted.
struct One {
    Instant when{}; ///< an occurrence counts at the time that it was for, an item when it was taken in
    Digest link;    ///< all zero: none, or one that does not count
    Digest text;    ///< likewise
};

/// What is known of the origin on this account.
struct Past {
    std::vector<One> recent;    ///< what may lie within the window of what is wanted; in any order
    std::vector<Instant> habit; ///< when it made posts in its past days, before that; in any order
};

/// What an origin has tripped over, and what a person has said of it. Durable with the origin's state.
struct State {
    std::string why;   ///< not empty: it has tripped
    Instant tripped{}; ///< when
    Instant reset{};   ///< a person let it go on: what was made until then is its past

    State() = default;
    [[nodiscard]] bool open() const noexcept { return !why.empty(); }
};

struct Verdict {
    std::size_t held_from = 0; ///< this one of the wanted and all behind it are held; their number: none
    bool too_many = false;     ///< by their number, not for a link or text
    std::string why;           ///< with the numbers; empty: it has not tripped
};

/// How much more than ever before is "far more": half as much again. A busy origin breaks its own record now
/// and then; a feed that shows all of its items anew goes far beyond it.
[[nodiscard]] constexpr std::size_t surprise_beyond(std::size_t most_ever) noexcept {
    return most_ever + most_ever / 2;
}

/// The most that lie within any span of this length.
[[nodiscard]] std::size_t most_within(std::vector<Instant> moments, Duration within);

/// Pure. `wanted`: by `when`, oldest first. `within`: the limits' own, or longer where the origin was not
/// looked at for so long. `at_once`: they come in one look, and a look that wants too much is held as a
/// whole; else as if they came one by one. Costs n log n.
[[nodiscard]] Verdict judge(const Fuse& limits, Duration within, const Past& past,
                            const std::vector<One>& wanted, bool at_once);

} // namespace crier::fuse
