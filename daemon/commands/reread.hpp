#pragma once

#include "config/load.hpp"
#include "engine/difference.hpp"

#include <optional>
#include <string>
#include <vector>

namespace crier::commands {

/// The configuration as its files have it by now, held against the one that serves.
struct Reread {
    std::vector<config::Problem> problems;
    std::optional<Settings> settings; ///< nothing: a problem is an error, and the one before goes on serving
    engine::Difference difference;    ///< from the one that serves
    std::vector<std::string> restart; ///< keys that say otherwise, and that only a restart takes up

    Reread() = default;
};

/// Reads the files anew. What only a restart takes up is in the result as it serves. Takes as long as a start
/// does to read them; touches nothing of the daemon. Thread: any.
[[nodiscard]] Reread reread(const std::string& path, const Settings& serving, bool dry_run);

/// A run that sends nothing and tells nobody.
void make_dry(Settings& settings);

} // namespace crier::commands
