#pragma once

#include "commands/invocation.hpp"
#include "config/load.hpp"

#include <string>
#include <vector>

namespace crier::commands {

struct StoreCheck {
    std::vector<config::Problem> problems;
    std::string note; ///< what it found, where that is good
    int code = exit_ok;
};

/// Reads the whole store, beside its daemon or without one.
[[nodiscard]] StoreCheck check_store(const Invocation& call, const Settings& settings);

} // namespace crier::commands
