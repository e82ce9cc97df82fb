#pragma once

#include "sdk/crier_plugin.hpp"

#include <span>

namespace crier::fediverse {

/// Which posts of an account are meant.
struct Options {
    bool replies = false;
    bool boosts = false;
    bool sensitive = false;
};

[[nodiscard]] std::span<const crier_option> option_table();

/// Throws sdk::Error.
[[nodiscard]] Options read_options(const sdk::Settings& settings);

} // namespace crier::fediverse
