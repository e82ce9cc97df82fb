#pragma once

#include "kit/written.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace crier::directory {

/// A text with what stands at its head, between two lines "---".
struct Headed {
    std::vector<kit::Written> fields; ///< of the head
    std::vector<std::string> warnings;
    std::string_view body;
    bool draft = false; ///< the head says that it is not finished

    [[nodiscard]] bool has(std::string_view field) const;
};

/// Throws sdk::Error where the head makes no sense.
[[nodiscard]] Headed headed(std::string_view text);

} // namespace crier::directory
