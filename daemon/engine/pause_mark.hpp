#pragma once

#include "core/time.hpp"

#include <optional>
#include <string>

namespace crier::engine {

/// What a person's pause or resume sets, and nothing else of a state: all the rest may have changed since it
/// was asked for.
struct PauseMark {
    bool on = false;
    std::string why;
    std::optional<Instant> until; ///< of accounts only

    PauseMark() = default;
};

} // namespace crier::engine
