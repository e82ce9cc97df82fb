#pragma once

#include "sdk/crier_plugin.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crier::queue {

enum class Format { csv, json, yaml };

/// What a field of an item is called in the list.
struct Mapping {
    std::string_view field; ///< of kit's item keys, or "alt"
    std::string column;
};

struct Options {
    std::optional<Format> format; ///< nothing: the list shows it
    char separator = '\0';        ///< of CSV; zero: its first line shows it
    std::vector<Mapping> fields;  ///< as they were stated; none: columns are called as the fields are

    /// Throws sdk::Error.
    explicit Options(const sdk::Settings& settings);
};

} // namespace crier::queue
