#pragma once

#include "core/time.hpp"

#include <optional>
#include <string>
#include <utility>

namespace crier::engine {

/// Something that keeps an account or a post from going on now, in words.
struct Obstacle {
    std::string what;             ///< for programs: "paused", "held", "clock", "limited", "not due", ...
    std::string why;              ///< for people
    std::optional<Instant> until; ///< nothing: until something else happens, as `why` or `action` says
    std::string action;           ///< what a person can do; empty: nothing need be done
    std::string then;             ///< what comes when it is out of the way, where that is known

    Obstacle() = default; // no aggregate: docs/ARCHITECTURE.md, "Traps"
    Obstacle(std::string w, std::string reason, std::optional<Instant> end = std::nullopt,
             std::string wish = {})
        : what(std::move(w))
        , why(std::move(reason))
        , until(end)
        , action(std::move(wish)) {}
};

} // namespace crier::engine
