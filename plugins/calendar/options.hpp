#pragma once

#include "calendar/lead.hpp"
#include "sdk/crier_plugin.hpp"

#include <span>
#include <vector>

namespace crier::calendar {

/// What a source says of its reminders.
struct Options {
    std::vector<Lead> leads; ///< at least one
    std::chrono::minutes at = std::chrono::hours{9};
    std::string timezone; ///< empty: it is not said
    std::chrono::seconds horizon = std::chrono::days{8};
    bool from_end = false;
    bool with_secret = false;
};

[[nodiscard]] std::span<const crier_option> option_table();

/// Throws sdk::Error.
[[nodiscard]] Options read_options(const sdk::Settings& settings);

} // namespace crier::calendar
