#pragma once

#include "feed/warnings.hpp"

#include <string_view>

namespace crier::feed {

enum class Kind { xml, json };

struct Document {
    Kind kind = Kind::xml;
    std::string_view text; ///< from its first character on
};

/// Finds out what came (UTF-8). Throws sdk::Error that says what it is and what to look for when it cannot be
/// a feed.
[[nodiscard]] Document recognise(std::string_view text, std::string_view content_type,
                                 std::string_view base_url, Warnings& warnings);

} // namespace crier::feed
