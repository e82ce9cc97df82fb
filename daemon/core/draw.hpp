#pragma once

#include "core/digest.hpp"
#include "core/schedule/zone/zone.hpp"
#include "core/settings.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <unordered_map>
#include <vector>

/// Which item of a source an occurrence draws. Pure: the same items, marks and occurrence give the same one.
namespace crier::draw {

/// An item that may be drawn.
struct Candidate {
    Digest item;                 ///< of its identity
    double weight = 1;           ///< 0: never by weight
    std::optional<Instant> date; ///< that an anniversary goes by
};

/// What an entry has drawn of an item.
struct Mark {
    Instant last{};         ///< the due time of the occurrence that drew it last
    std::int64_t round = 0; ///< of the rounds in which each item comes once, the last that it was in
};
using Marks = std::unordered_map<Digest, Mark>;

/// For what it is drawn.
struct Occasion {
    Instant due{};
    schedule::Zone zone; ///< whose days an anniversary goes by
    Digest seed;         ///< of chance
};

struct Choice {
    std::size_t index = 0; ///< of the candidate
    Mark mark;             ///< what to remember of it
};

/// `candidates`: newest first, each item once. `refused`: this one cannot be posted; another is drawn in its
/// place. Nothing: none may be drawn now.
///
/// By rounds (no `repeat_after`) an item comes again when all others have; one that is new joins the round
/// that is under way, and the last of a round is not the first of the next. With `repeat_after` the marks'
/// times decide. An anniversary comes once on its day, 29 February on the 28th where there is none.
[[nodiscard]] std::optional<Choice> choose(const Draw& rules, const std::vector<Candidate>& candidates,
                                           const Marks& marks, const Occasion& occasion,
                                           const std::function<bool(std::size_t index)>& refused);

} // namespace crier::draw
