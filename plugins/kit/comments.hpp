#pragma once

#include <string>
#include <string_view>

namespace crier::kit {

/// Markdown without HTML's comments, as far as they end and are not code; line ends are "\n" then.
[[nodiscard]] std::string without_comments(std::string_view markdown);

/// A line that opens or closes a fence: ``` or ~~~.
struct Fence {
    char sign = '\0'; ///< zero: none is open
    std::size_t size = 0;

    /// Whether this line opens one, or closes this one. It is then opened or closed.
    bool turns(std::string_view line);
};

} // namespace crier::kit
